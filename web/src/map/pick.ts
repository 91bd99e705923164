/** What lies under the pointer: of all things there the smallest, as a person would mean it. */
import type { Map as MapLibre, MapGeoJSONFeature, PointLike } from "maplibre-gl";
import type { FeatureRef } from "@/state/address";
import { kindOf, layerOf } from "./style";

export interface Picked extends FeatureRef {
  /** The project, where a project's mark was hit. */
  isCase: boolean;
}

const REACH = 4;

/** Find what was meant at a point of the screen. */
export function pick(map: MapLibre, { x, y }: { x: number; y: number }): Picked | null {
  const box: [PointLike, PointLike] = [
    [x - REACH, y - REACH],
    [x + REACH, y + REACH],
  ];
  const around = map.queryRenderedFeatures(box).filter(isPickable);
  const inside = new Set(map.queryRenderedFeatures([x, y]).filter(isPickable).map(keyOf));
  // a point or a line may be missed by a little, an area must be hit
  const hit = around.filter((item) => rankOf(item) < 2 || inside.has(keyOf(item)));
  const best = hit.sort((a, b) => rankOf(a) - rankOf(b) || sizeOf(a) - sizeOf(b))[0];
  return best ? refOf(best) : null;
}

function isPickable(item: MapGeoJSONFeature): boolean {
  // of symbols only marks are things; the others are names
  return refOf(item) !== null && (item.layer.type !== "symbol" || typeof item.properties["feature"] === "string");
}

/** Tell which feature an item drawn is. */
export function refOf(item: MapGeoJSONFeature): Picked | null {
  const own: unknown = item.properties["feature"];
  if (typeof own === "string") {
    const [kind = "", fid = ""] = own.split("/");
    return { kind, fid: Number(fid), isCase: kind === "case" };
  }
  const kind = kindOf(item.layer as never);
  return kind && layerOf(item.layer as never) && item.id !== undefined
    ? { kind, fid: Number(item.id), isCase: false }
    : null;
}

function keyOf(item: MapGeoJSONFeature): string {
  const ref = refOf(item);
  return ref ? `${ref.kind}/${ref.fid}` : "";
}

function rankOf({ geometry, properties }: MapGeoJSONFeature): number {
  if (typeof properties["feature"] === "string") return -1;
  if (geometry.type.endsWith("Point")) return 0;
  return geometry.type.endsWith("LineString") ? 1 : 2;
}

/** Give the area of a thing's box within its tile, to prefer the building over the district. */
function sizeOf({ geometry }: MapGeoJSONFeature): number {
  if (geometry.type === "GeometryCollection") return 0;
  const xs: number[] = [];
  const ys: number[] = [];
  collect(geometry.coordinates, xs, ys);
  return (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
}

function collect(part: unknown, xs: number[], ys: number[]): void {
  if (!Array.isArray(part)) return;
  if (typeof part[0] === "number" && typeof part[1] === "number") {
    xs.push(part[0]);
    ys.push(part[1]);
  } else for (const inner of part) collect(inner, xs, ys);
}
