import { flushPromises } from "@vue/test-utils";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { effectScope, ref, type EffectScope } from "vue";
import { dataOf, useResource, type Asked } from "@/state/resource";
import { revision } from "@/state/revision";

let scope: EffectScope;
beforeEach(() => {
  scope = effectScope();
});

function ask<T>(key: () => string | null, answer: (key: string) => Promise<T>): Asked<T> {
  return scope.run(() => useResource(key, answer)) as Asked<T>;
}

describe("something asked of the server", () => {
  it("is being asked, then there", async () => {
    const asked = ask(() => "a", async (key) => key.toUpperCase());
    expect(asked.value.value.state).toBe("loading");
    await flushPromises();
    expect(asked.value.value).toEqual({ state: "ready", data: "A" });
  });

  it("drops an answer that comes after a newer question", async () => {
    const key = ref("slow");
    const answers: Record<string, (text: string) => void> = {};
    const asked = ask(() => key.value, (name) => new Promise<string>((resolve) => (answers[name] = resolve)));
    key.value = "fast";
    await flushPromises();
    answers["fast"]?.("fast");
    answers["slow"]?.("slow");
    await flushPromises();
    expect(dataOf(asked.value.value)).toBe("fast");
  });

  it("keeps what was seen while the same is asked again after a change", async () => {
    let turn = 0;
    const asked = ask(() => "a", async () => ++turn);
    await flushPromises();
    revision.value++;
    await Promise.resolve();
    expect(dataOf(asked.value.value)).toBe(1);
    await flushPromises();
    expect(asked.value.value).toEqual({ state: "ready", data: 2 });
  });

  it("does not show one thing under the name of another", async () => {
    const key = ref("a");
    const asked = ask(() => key.value, (name) => (name === "a" ? Promise.resolve("A") : new Promise<string>(vi.fn())));
    await flushPromises();
    key.value = "b";
    await Promise.resolve();
    await Promise.resolve();
    expect(dataOf(asked.value.value)).toBeNull();
  });

  it("says what went wrong and can be asked again", async () => {
    let fails = true;
    const asked = ask(() => "a", async () => {
      if (fails) throw new Error("gone");
      return 1;
    });
    await flushPromises();
    expect(asked.value.value).toMatchObject({ state: "failed", problem: { title: "unreachable", detail: "gone" } });
    fails = false;
    await asked.again();
    expect(asked.value.value).toEqual({ state: "ready", data: 1 });
  });

  it("asks for nothing without a key", () => {
    const answer = vi.fn();
    expect(ask(() => null, answer).value.value).toEqual({ state: "none" });
    expect(answer).not.toHaveBeenCalled();
  });
});
