import { describe, expect, it } from "vitest";
import {
  addressOfState,
  CASE_SORTS,
  firstPage,
  firstState,
  GROUPINGS,
  stateFromAddress,
  STATUSES,
  TARGET_SORTS,
  type Page,
  type ViewState,
} from "@/state/address";

const there = (state: ViewState) => stateFromAddress(addressOfState(state));

/** A seeded source of chance, so that a failure comes again. */
function chance(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
  const words = () => pick(["", "学校", "a b", "50%&=?#/", "公园,广场:1", "  x", "+1", "\"'<>", "T038"]);
  const maybe = <T>(make: () => T): T | null => (next() < 0.5 ? null : make());
  return { next, pick, words, maybe };
}

function anyPage({ pick, words, maybe, next }: ReturnType<typeof chance>): Page {
  switch (pick(["overview", "plan", "projects", "map"] as const)) {
    case "overview":
      return { view: "overview", target: maybe(() => words() || "T1") };
    case "plan":
      return {
        view: "plan",
        target: maybe(() => words() || "T1"),
        grouping: pick(GROUPINGS),
        section: words(),
        organisation: words(),
        statuses: STATUSES.filter(() => next() < 0.3),
        words: words(),
        sort: pick(TARGET_SORTS),
      };
    case "projects":
      return {
        view: "projects",
        case: pick([null, "new", 1, 622, 9007199254740] as const),
        main: pick(["table", "map"] as const),
        category: words(),
        stage: words(),
        organisation: words(),
        target: words(),
        placed: pick([null, true, false]),
        late: pick([true, false]),
        words: words(),
        sort: pick(CASE_SORTS),
      };
    case "map":
      return { view: "map", table: pick(["", "building", "control_line"]) };
  }
}

function anyState(seed: number): ViewState {
  const luck = chance(seed);
  const { pick, maybe, next, words } = luck;
  return {
    page: anyPage(luck),
    language: pick([null, "zh", "en"] as const),
    theme: pick([null, "light", "dark"] as const),
    camera: maybe(() => ({
      lon: Number((next() * 360 - 180).toFixed(6)),
      lat: Number((next() * 180 - 90).toFixed(6)),
      zoom: Number((next() * 20).toFixed(2)),
      bearing: pick([0, -30.5, 179.9]),
      pitch: pick([0, 55]),
    })),
    layers: Object.fromEntries(
      ["parcel", "building", "park_gate"]
        .filter(() => next() < 0.5)
        .map((name) => [name, { visible: next() < 0.5, opacity: pick([1, 0.5, 0.05]) }]),
    ),
    selection: maybe(() => ({ kind: pick(["building", "control_line"]), fid: Math.floor(next() * 1e9) })),
    search: maybe(words),
  };
}

describe("the address", () => {
  it("gives back every state written to it", () => {
    for (let seed = 1; seed <= 2000; seed++) {
      const state = anyState(seed);
      expect(there(state), `seed ${seed}: ${addressOfState(state)}`).toEqual(state);
    }
  });

  it("of the first state is the bare root", () => {
    expect(addressOfState(firstState())).toBe("/");
    expect(stateFromAddress("/")).toEqual(firstState());
  });

  it("names target and project in its path", () => {
    const plan = { ...firstState(), page: { ...firstPage("plan"), target: "T038" } as Page };
    const project = { ...firstState(), page: { ...firstPage("projects"), case: 12 } as Page };
    expect(addressOfState(plan)).toBe("/plan/T038");
    expect(addressOfState(project)).toBe("/projects/12");
  });

  it("is short and readable for a map", () => {
    const state: ViewState = {
      ...firstState(),
      page: firstPage("map"),
      camera: { lon: 121.08, lat: 31.38, zoom: 15.5, bearing: 0, pitch: 0 },
      layers: { parcel: { visible: true, opacity: 0.5 }, building: { visible: false, opacity: 1 } },
      selection: { kind: "building", fid: 5 },
    };
    expect(addressOfState(state)).toBe("/map?at=121.08,31.38,15.5&layers=parcel:0.5,-building&sel=building/5");
  });

  it("drops what cannot be meant and keeps the rest", () => {
    const state = stateFromAddress(
      "/projects/abc?sort=colour&placed=perhaps&lang=fr&theme=pink&at=500,1,2&layers=ok,UPPER,b:2&sel=../etc&late=yes",
    );
    expect(state).toEqual({
      ...firstState(),
      page: { ...firstPage("projects"), late: true },
      layers: { ok: { visible: true, opacity: 1 } },
    });
  });

  it.each(["/plan/%", "/nowhere/else", "/plan/%E0%A4", "/?at=,,", "/?at=1,2", "/?sel=building/-1"])("opens %s all the same", (address) => {
    expect(() => stateFromAddress(address)).not.toThrow();
    expect(stateFromAddress(address).camera).toBeNull();
  });
});
