/** Something the page draws over the pack's layers: data of its own, and how it looks. */
import type { LayerSpecification } from "maplibre-gl";
import type { FeatureCollection } from "geojson";

export interface Overlay {
  id: string;
  data: FeatureCollection;
  layers: LayerSpecification[];
  /** Drawn below the names on the map. */
  underLabels?: boolean;
}

export const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
