/**
 * From far away a map of everything is a map of nothing: points shrink, and letters and names wait until there is
 * room for them. Pure; what the pack says about nearness still holds where it is stricter.
 */
import type { FilterSpecification, LayerSpecification } from "maplibre-gl";

/** What a layer's names are: of places one looks for, of areas, of single points, or of a class repeated many times. */
export type Naming = "area" | "ground" | "point" | "class";

const NAMES_FROM: Record<Naming, number> = { area: 0, ground: 13.5, point: 16, class: 15 };
const AREAS_UNTIL = 15.5; // nearer than this one stands inside the area
const MARKS_FROM = 15;
const OTHER_THAN_ZONE: FilterSpecification = ["!=", ["get", "level"], "zone"]; // its name is the page's title

/** Give a style layer its size and its first zoom. */
export function decluttered(layer: LayerSpecification, naming: Naming): LayerSpecification {
  if (layer.type === "circle") return shrunk(layer);
  if (layer.type !== "symbol") return layer;
  const from = layer.id.endsWith("-mark") ? MARKS_FROM : NAMES_FROM[naming];
  const next = { ...layer, minzoom: Math.max(from, layer.minzoom ?? 0) };
  return naming === "area" ? { ...next, maxzoom: AREAS_UNTIL, filter: OTHER_THAN_ZONE } : next;
}

function shrunk(layer: LayerSpecification & { type: "circle" }): LayerSpecification {
  const { "circle-radius": radius = 5, "circle-stroke-width": edge = 0 } = layer.paint ?? {};
  const paint = { ...layer.paint, "circle-radius": byZoom(radius), "circle-stroke-width": byZoom(edge) };
  return { ...layer, paint } as LayerSpecification;
}

function byZoom(full: unknown): unknown {
  const part = (share: number) => (typeof full === "number" ? full * share : ["*", full, share]);
  return ["interpolate", ["linear"], ["zoom"], 12, part(0.3), 14, part(0.5), 15.5, part(1)];
}
