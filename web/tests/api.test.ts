import { afterEach, describe, expect, it, vi } from "vitest";
import { change, onChange, writeAs } from "@/api/change";
import { addressOf, get } from "@/api/client";
import { linesOf, runCommand } from "@/api/commands";
import { NO_ACTOR, problemOf, ProblemError, UNREACHABLE } from "@/api/problem";

afterEach(() => {
  writeAs(null);
  vi.unstubAllGlobals();
});

function answering(status: number, body: unknown) {
  const fetched = vi.fn(async () => new Response(JSON.stringify(body), { status }));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

describe("the client", () => {
  it("fills in paths and leaves out absent values", () => {
    expect(addressOf("/api/features/{kind}/{fid}", { kind: "a b", fid: 5 })).toBe("/api/features/a%20b/5");
    expect(addressOf("/api/cases", {}, { q: "学校", placed: false, after: undefined, late: null })).toBe(
      "/api/cases?q=%E5%AD%A6%E6%A0%A1&placed=false",
    );
  });

  it("gives a refusal as the server worded it", async () => {
    answering(409, { type: "urn:zonetwin:conflict", title: "Conflict", status: 409, detail: "No.", hint: "Wait." });
    const error = await get("/api/zone").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProblemError);
    expect(problemOf(error)).toMatchObject({ status: 409, detail: "No.", hint: "Wait." });
  });

  it("tells a server that is away from one that refuses", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    const error = await get("/api/zone").catch((caught: unknown) => caught);
    expect(problemOf(error).type).toBe(UNREACHABLE);
  });
});

describe("a write", () => {
  it("is not sent without an actor", async () => {
    const write = vi.fn();
    const error = await change(write).catch((caught: unknown) => caught);
    expect(problemOf(error).type).toBe(NO_ACTOR);
    expect(write).not.toHaveBeenCalled();
  });

  it("names its actor percent-encoded, and tells everyone once it is done", async () => {
    writeAs({ name: "王工", organisation: "works;1" });
    const heard = vi.fn();
    const stop = onChange(heard);
    await change(async (headers) => {
      expect(decodeURIComponent(headers["x-zonetwin-actor"])).toBe("王工;works;1");
      expect(headers["x-zonetwin-actor"]).toMatch(/^[\x20-\x7e]+$/);
      expect(heard).not.toHaveBeenCalled();
    });
    expect(heard).toHaveBeenCalledOnce();
    stop();
  });

  it("tells nobody when it was refused", async () => {
    writeAs({ name: "a", organisation: "" });
    const heard = vi.fn();
    const stop = onChange(heard);
    await change(() => Promise.reject(new Error("no"))).catch(() => null);
    expect(heard).not.toHaveBeenCalled();
    stop();
  });
});

describe("a command", () => {
  const stream = (...chunks: string[]) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
        controller.close();
      },
    });

  it("is read line by line, however the bytes arrive", async () => {
    const lines: string[] = [];
    for await (const line of linesOf(stream('{"a":', '1}\n{"b"', ":2}\n\n", '{"c":3}'))) lines.push(line);
    expect(lines).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
  });

  it("tells its progress and gives its result", async () => {
    writeAs({ name: "a", organisation: "" });
    const note = { zh: "在测", en: "measuring" };
    vi.stubGlobal("fetch", async () => new Response(stream(JSON.stringify({ progress: { done: 1, total: 2, note } }), "\n", '{"result":{"n":7}}\n')));
    const told = vi.fn();
    expect(await runCommand("measure", {}, told)).toEqual({ n: 7 });
    expect(told).toHaveBeenCalledWith({ done: 1, total: 2, note });
  });

  it("fails with the problem it ends with", async () => {
    writeAs({ name: "a", organisation: "" });
    vi.stubGlobal("fetch", async () => new Response(stream('{"error":{"type":"urn:zonetwin:conflict","title":"","status":409,"detail":"busy","hint":""}}\n')));
    const error = await runCommand("measure", {}, vi.fn()).catch((caught: unknown) => caught);
    expect(problemOf(error).detail).toBe("busy");
  });
});
