/** What panels use the map for: overlays and clicks that go with the component, and bringing things into sight. */
import { onScopeDispose, watch } from "vue";
import type { Bounds } from "@/api/types";
import { engine, startMap } from "./lazy";
import type { Overlay } from "./overlay";
import type { Picked } from "./pick";

/** Draw what `make` gives for as long as the component lives; null draws nothing. */
export function useOverlay(make: () => Overlay | null): void {
  let undo: (() => void) | null = null;
  const clear = () => {
    undo?.();
    undo = null;
  };
  watch(
    [engine, make],
    ([map, overlay]) => {
      const before = undo;
      undo = map && overlay ? map.draw(overlay) : null;
      if (!undo) before?.();
    },
    { immediate: true },
  );
  onScopeDispose(clear);
}

/** Hear of clicks on the map for as long as the component lives and `isOn` holds. */
export function useClicks(
  handle: (hit: Picked | null, at: { lon: number; lat: number }) => void,
  isOn: () => boolean = () => true,
): void {
  let undo: (() => void) | null = null;
  watch(
    [engine, isOn],
    ([map, on]) => {
      undo?.();
      undo = map && on ? map.listen(handle) : null;
    },
    { immediate: true },
  );
  onScopeDispose(() => undo?.());
}

/** Bring a box into sight, as soon as the map is there. */
export function bringIntoSight(box: Bounds, maxZoom?: number): void {
  void startMap().then(() => engine.value?.showBox(box, maxZoom));
}
