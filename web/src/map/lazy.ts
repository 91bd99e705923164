/** The map's code is large: it is fetched beside the page's first data, and only once. */
import { shallowRef } from "vue";

export type Engine = typeof import("./engine");

/** The map, once its code is here; null before, and where it cannot be drawn. */
export const engine = shallowRef<Engine | null>(null);
export const mapProblem = shallowRef<"no-webgl" | "failed" | null>(null);

let asked: Promise<void> | null = null;

/** Fetch the map's code and start it. */
export function startMap(): Promise<void> {
  asked ??= begin().catch(() => {
    mapProblem.value = "failed";
    asked = null;
  });
  return asked;
}

async function begin(): Promise<void> {
  if (document.createElement("canvas").getContext("webgl2") === null) {
    mapProblem.value = "no-webgl";
    return;
  }
  engine.value = await import("./engine");
  mapProblem.value = null;
}
