/** The objects behind a value: counted, not counted, unknown. A full disc, a hollow square, a ring with a gap. */
import type { FeatureCollection } from "geojson";
import type { LayerSpecification } from "maplibre-gl";
import type { Colours } from "@/theme/follow";
import type { Overlay } from "./overlay";

const ID = "zt-objects";
const SCREENFUL = 400; // above this the marks are small dots until one comes near

/** Give the overlay of a proof's rows; their properties are those of the server's GeoJSON. */
export function objectsOverlay(data: FeatureCollection, colours: Colours): Overlay {
  const isMany = data.features.length > SCREENFUL;
  const near: LayerSpecification = {
    id: `${ID}-mark`,
    type: "symbol",
    source: ID,
    layout: {
      "icon-image": [
        "match",
        ["get", "status"],
        "counted",
        `mark:met:${colours.met}`,
        "unknown",
        `mark:cannot-be-scored:${colours.none}`,
        `mark:behind:${colours.behind}`,
      ],
      "icon-size": ["interpolate", ["linear"], ["zoom"], 11, 0.55, 16, 1],
      "icon-allow-overlap": true,
      "symbol-sort-key": ["match", ["get", "status"], "counted", 0, "unknown", 1, 2],
    },
  };
  return { id: ID, data, layers: isMany ? dots(colours) : [near], underLabels: isMany };
}

/** Draw thousands as dots: filled where counted, hollow where not, grey where unknown. */
function dots(colours: Colours): LayerSpecification[] {
  const status = ["get", "status"];
  const hollow = (width: number) => ["match", status, "not", width, 0];
  return [
    {
      id: `${ID}-dot`,
      type: "circle",
      source: ID,
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 11, 0.8, 13, 1.2, 15, 3, 17, 5.5],
        "circle-color": ["match", status, "counted", colours.met, "unknown", colours.none, colours.surface],
        "circle-stroke-color": ["match", status, "counted", colours.met, "unknown", colours.none, colours.behind],
        "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 12, hollow(0.5), 15, hollow(1.4)],
        "circle-opacity": ["match", status, "unknown", 0.5, 0.95],
      },
    } as unknown as LayerSpecification,
  ];
}
