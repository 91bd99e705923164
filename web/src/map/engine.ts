/**
 * The one map of the page. It outlives the views: each view shows it in a slot of its own, so that going from one
 * to another costs no new map. Here the view's state and the map are kept in step, in both directions.
 */
import { ScaleControl, type Map as MapLibre, type MapMouseEvent, type StyleSpecification } from "maplibre-gl";
import { computed, ref, shallowReactive, shallowRef, watch } from "vue";
import { refusal } from "@/api/problem";
import type { Bounds } from "@/api/types";
import { language, theme } from "@/state/person";
import { revision } from "@/state/revision";
import { changeView, moveCamera, view } from "@/state/view";
import { layerTree, zone } from "@/state/zone";
import { makeMap } from "./boot";
import { cameraOf, fit, isSameCamera, jump } from "./camera";
import { provideImages } from "./images";
import type { Overlay } from "./overlay";
import { pick, type Picked } from "./pick";
import { drawnStyle } from "./style";
import { namingOf } from "./naming";

declare global {
  interface Window {
    /** The map, for those who script the page; tests ask it what is drawn. */
    zonetwin?: { map: MapLibre };
  }
}

const FLAT_BELOW = 10; // degrees of tilt
const TILES = "zonetwin"; // the source of the server's style

export type MapState = "loading" | "drawing" | "idle";

const container = document.createElement("div");
container.style.cssText = "position:absolute;inset:0";
container.dataset["map"] = "loading";

export const map = makeMap(container);
export const mapState = ref<MapState>("loading");
export const is3d = ref(false);
/** Only the map's own view shows every layer; elsewhere the page's theme lies over a quiet ground. */
const isQuiet = computed(() => view.value.page.view !== "map");
export const bearing = ref(0);
export const pointer = shallowRef<{ lon: number; lat: number } | null>(null);
export const failure = ref<string | null>(null);
export const bounds = shallowRef<Bounds | null>(null);

const overlays = shallowReactive(new Map<string, Overlay>());
const base = shallowRef<StyleSpecification | null>(null);
type Click = (hit: Picked | null, at: { lon: number; lat: number }) => void;
let onClick: Click | null = null;
/** What to show as soon as there is somewhere to show it. */
let wanted: { box: Bounds; maxZoom: number } | null = null;
let isPlaced = false;
let isOwnMove = false;
let isStyled = false;

window.zonetwin = { map };
provideImages(map);

/** Show the map in an element and bring it to the camera. Returns the undo. */
export function attach(host: HTMLElement): () => void {
  host.append(container);
  place();
  if (wanted) showBox(wanted.box, wanted.maxZoom);
  const observer = new ResizeObserver(place);
  observer.observe(host);
  return () => {
    observer.disconnect();
    container.remove();
  };
}

/** Let `listener` have the clicks instead of whoever had them. Returns the undo. */
export function listen(listener: Click): () => void {
  const before = onClick;
  onClick = listener;
  return () => {
    if (onClick === listener) onClick = before;
  };
}

/** Draw an overlay, or change the one of this name. Returns the undo. */
export function draw(overlay: Overlay): () => void {
  overlays.set(overlay.id, overlay);
  return () => {
    if (overlays.get(overlay.id) === overlay) overlays.delete(overlay.id);
  };
}

/** Put a scale bar into an element. Returns the undo. */
export function addScale(host: HTMLElement): () => void {
  const control = new ScaleControl({ maxWidth: 100, unit: "metric" });
  host.append(control.onAdd(map));
  return () => control.onRemove();
}

/** Bring the whole zone into sight. */
export function showZone(): void {
  changeView({ camera: null });
  place();
}

/** Bring a box into sight. */
export function showBox(box: Bounds, maxZoom = 17): void {
  wanted = container.isConnected ? null : { box, maxZoom };
  if (!wanted) fit(map, box, { maxZoom, isUnderCard: view.value.selection !== null });
}

/** Move the map, as little as may be, so that a box is in sight; nothing moves when it is already. */
export function keepInSight([west, south, east, north]: Bounds): void {
  if (!container.isConnected || wanted) return;
  const seen = map.getBounds();
  const middle: [number, number] = [(west + east) / 2, (south + north) / 2];
  if (!seen.contains(middle)) map.jumpTo({ center: middle });
}

/** Look straight down, or at an angle. */
export function tilt(wanted: boolean): void {
  map.easeTo({ pitch: wanted ? 55 : 0, ...(wanted ? {} : { bearing: 0 }), duration: isCalm() ? 0 : 250 });
}

function isCalm(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Follow the camera of the view; where there is none yet, show the whole zone. Nobody chose that: it is not kept. */
function place(): void {
  if (!container.isConnected) return; // it has no size to fit anything into
  const { camera } = view.value;
  isOwnMove = true;
  map.resize();
  if (camera) jump(map, camera);
  else if (zone.value?.bounds) fit(map, zone.value.bounds);
  isOwnMove = false;
  isPlaced = Boolean(camera ?? zone.value?.bounds);
  noteCamera();
}

function noteCamera(): void {
  is3d.value = map.getPitch() >= FLAT_BELOW;
  bearing.value = map.getBearing();
  const box = map.getBounds();
  bounds.value = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
}

async function readStyle(): Promise<void> {
  try {
    const wanted = `${theme.value} ${language.value}`;
    const answer = await fetch(`/api/style.json?theme=${theme.value}&language=${language.value}`);
    const body: unknown = await answer.json();
    if (!answer.ok) throw refusal(body, answer.status);
    if (wanted === `${theme.value} ${language.value}`) base.value = body as StyleSpecification;
    failure.value = null;
  } catch (error) {
    failure.value = error instanceof Error ? error.message : String(error);
  }
}

function restyle(): void {
  if (!isStyled || !base.value) return;
  if (mapState.value === "idle") tellState("drawing");
  map.setStyle(drawnStyle(base.value, view.value.layers, overlays.values(), { is3d: is3d.value, isQuiet: isQuiet.value, namingOf }), { diff: true });
}

watch([theme, language], readStyle, { immediate: true });
watch(revision, () => {
  void readStyle();
  if (isStyled && map.getSource(TILES)) map.refreshTiles(TILES);
});
watch([base, layerTree, () => view.value.layers, is3d, isQuiet, () => [...overlays.values()]], restyle);
watch(
  () => view.value.camera,
  (camera) => {
    if (camera && !isSameCamera(camera, cameraOf(map))) place();
  },
);
watch(() => zone.value?.bounds, () => !isPlaced && place());

function tellState(state: MapState): void {
  mapState.value = state;
  container.dataset["map"] = state;
}

map.once("style.load", () => {
  isStyled = true;
  restyle();
});
map.on("moveend", () => {
  noteCamera();
  if (!isOwnMove && isPlaced) moveCamera(cameraOf(map));
});
map.on("pitchend", noteCamera);
map.on("rotate", () => (bearing.value = map.getBearing()));
map.on("dataloading", () => tellState(mapState.value === "loading" ? "loading" : "drawing"));
map.on("movestart", () => tellState(mapState.value === "loading" ? "loading" : "drawing"));
map.on("idle", () => {
  if (!base.value || !isPlaced || !map.getSource(TILES)) return;
  if (mapState.value === "loading") performance.mark("zonetwin:map");
  tellState("idle");
});
map.on("mousemove", ({ lngLat }) => (pointer.value = { lon: lngLat.lng, lat: lngLat.lat }));
map.on("mouseout", () => (pointer.value = null));
map.on("click", (event: MapMouseEvent) => {
  onClick?.(pick(map, event.point), { lon: event.lngLat.lng, lat: event.lngLat.lat });
});
