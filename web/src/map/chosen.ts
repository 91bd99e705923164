/** The selected object, and a draft of a place: an outline over everything, dashed while it is not saved. */
import type { Feature, FeatureCollection } from "geojson";
import type { LayerSpecification } from "maplibre-gl";
import type { Bounds, Place } from "@/api/types";
import type { Colours } from "@/theme/follow";
import type { Overlay } from "./overlay";

/** Give the overlay of the selected object. */
export function chosenOverlay(geometry: Place, colours: Colours): Overlay {
  const id = "zt-chosen";
  return { id, data: asCollection(geometry), layers: outline(id, colours.accent, colours.surface, []) };
}

/** Give the overlay of a place that is not saved yet. */
export function draftOverlay(geometry: Place, colours: Colours): Overlay {
  const id = "zt-draft";
  return { id, data: asCollection(geometry), layers: outline(id, colours["at-risk"], colours.surface, [2, 1.5]) };
}

function asCollection(geometry: Place): FeatureCollection {
  const feature = { type: "Feature", geometry, properties: {} } as unknown as Feature;
  return { type: "FeatureCollection", features: [feature] };
}

function outline(id: string, colour: string, edge: string, dash: number[]): LayerSpecification[] {
  const line = { "line-color": colour, "line-width": 3, ...(dash.length ? { "line-dasharray": dash } : {}) };
  const isNoPoint = ["!=", ["geometry-type"], "Point"];
  return [
    {
      id: `${id}-fill`,
      type: "fill",
      source: id,
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": colour, "fill-opacity": 0.18 },
    },
    { id: `${id}-line`, type: "line", source: id, filter: isNoPoint, paint: line, layout: { "line-join": "round" } },
    {
      id: `${id}-point`,
      type: "circle",
      source: id,
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 9,
        "circle-color": colour,
        "circle-opacity": 0.25,
        "circle-stroke-color": colour,
        "circle-stroke-width": 3,
      },
    },
    {
      id: `${id}-heart`,
      type: "circle",
      source: id,
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 3, "circle-color": colour, "circle-stroke-color": edge, "circle-stroke-width": 1 },
    },
  ] as unknown as LayerSpecification[];
}

/** Give the box around a geometry, null for an empty one. */
export function boxOf(geometry: Place): Bounds | null {
  const box: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  grow(box, geometry.coordinates);
  return Number.isFinite(box[0]) ? box : null;
}

function grow(box: Bounds, part: unknown): void {
  if (!Array.isArray(part)) return;
  const [x, y] = part as unknown[];
  if (typeof x === "number" && typeof y === "number") {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  } else for (const inner of part) grow(box, inner);
}
