/** MapLibre with its worker where the bundler put it (beside `import.meta.url` it would not be found). */
import "maplibre-gl/dist/maplibre-gl.css";
import "@/theme/maplibre.css";
import { Map as MapLibre, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

setWorkerUrl(workerUrl);

const FONTS = "'PingFang SC','Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei',system-ui,sans-serif";

/** Make a map in an element; it has no style and no camera yet. */
export function makeMap(container: HTMLElement): MapLibre {
  return new MapLibre({
    container,
    style: { version: 8, sources: {}, layers: [] },
    localIdeographFontFamily: FONTS,
    attributionControl: false,
    canvasContextAttributes: { antialias: false },
    fadeDuration: 0,
    maxPitch: 70,
    minZoom: 2,
    maxZoom: 21,
    dragRotate: true,
    collectResourceTiming: false,
    trackResize: false, // the slot it stands in says when
  });
}

