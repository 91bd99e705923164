/** The ground a question is asked on: with a theme of its own drawn over it, the map shows only what makes a place. */
import type { Choices } from "./style";

const GROUND = new Set(["area", "park", "square", "water_area", "waterway", "street", "building"]);
const NAMED = new Set(["area", "street", "waterway", "park"]);

/** Tell whether a style layer belongs to the ground; a layer that somebody chose always stays. */
export function isGround(layer: string, kind: string, type: string, choices: Choices): boolean {
  if (choices[layer]?.visible) return true;
  return GROUND.has(kind) && (type !== "symbol" || NAMED.has(kind));
}
