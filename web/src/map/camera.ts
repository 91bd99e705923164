/** The camera as the address has it, and moves of it. */
import type { LngLatBoundsLike, Map as MapLibre } from "maplibre-gl";
import type { Camera } from "@/state/address";
import type { Bounds } from "@/api/types";

/** Read the camera, rounded to what can be seen: 0.1 m on the ground, a hundredth of a zoom, a tenth of a degree. */
export function cameraOf(map: MapLibre): Camera {
  const { lng, lat } = map.getCenter();
  return {
    lon: rounded(lng, 6),
    lat: rounded(lat, 6),
    zoom: rounded(map.getZoom(), 2),
    bearing: rounded(map.getBearing(), 1),
    pitch: rounded(map.getPitch(), 1),
  };
}

export function isSameCamera(a: Camera | null, b: Camera | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function jump(map: MapLibre, { lon, lat, zoom, bearing, pitch }: Camera): void {
  map.jumpTo({ center: [lon, lat], zoom, bearing, pitch });
}

const NARROW = 640;

/** Show a box whole; a box of one point is shown from near by. */
export function fit(map: MapLibre, [west, south, east, north]: Bounds, options: { maxZoom?: number; isUnderCard?: boolean } = {}): void {
  const box: LngLatBoundsLike = [west, south, east, north];
  const padding = Math.min(48, map.getContainer().clientWidth / 8, map.getContainer().clientHeight / 8);
  const { clientWidth, clientHeight } = map.getContainer();
  // on a phone a card covers the lower half
  const offset: [number, number] = options.isUnderCard && clientWidth < NARROW ? [0, -clientHeight / 5] : [0, 0];
  map.fitBounds(box, { padding, offset, maxZoom: options.maxZoom ?? 17, duration: 0, pitch: map.getPitch() });
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0; // + 0 turns -0 into 0
}
