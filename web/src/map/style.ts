/** What the page does to the server's style: layers chosen, opacities, flat buildings, own overlays on top. Pure. */
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { LayerChoice } from "@/state/address";
import type { Overlay } from "./overlay";
import { decluttered, type Naming } from "./declutter";
import { isGround } from "./quiet";

export type Choices = Readonly<Record<string, LayerChoice>>;

/** How the map is looked at: raised or flat; quiet where a theme of the page lies over it. */
export interface Look {
  is3d: boolean;
  isQuiet: boolean;
  namingOf: (layer: string) => Naming;
}

const FLAT = "-flat";

/** Soft light: walls a little darker than roofs, no black sides. */
const LIGHT: StyleSpecification["light"] = { anchor: "viewport", color: "#ffffff", intensity: 0.2, position: [1.3, 200, 40] };

/** Name the pack layer a style layer belongs to. */
export function layerOf(layer: LayerSpecification): string | null {
  const metadata = layer.metadata as Record<string, unknown> | undefined;
  const name = metadata?.["zonetwin:layer"];
  return typeof name === "string" ? name : null;
}

/** Name the kind whose features a style layer draws. */
export function kindOf(layer: LayerSpecification): string | null {
  const metadata = layer.metadata as Record<string, unknown> | undefined;
  const name = metadata?.["zonetwin:kind"];
  return typeof name === "string" ? name : null;
}

/** Put together the style drawn: the server's, as chosen, with the overlays on top. */
export function drawnStyle(
  base: StyleSpecification,
  choices: Choices,
  overlays: Iterable<Overlay>,
  look: Look,
): StyleSpecification {
  const sources = { ...base.sources };
  const layers = base.layers
    .flatMap((layer) => variants(layer))
    .map((layer) => decluttered(layer, look.namingOf(layerOf(layer) ?? "")))
    .map((layer) => chosen(layer, choices, look));
  const labels = layers.findIndex((layer) => layer.type === "symbol");
  const under: LayerSpecification[] = [];
  const over: LayerSpecification[] = [];
  for (const overlay of overlays) {
    sources[overlay.id] = { type: "geojson", data: overlay.data, promoteId: "key" };
    (overlay.underLabels ? under : over).push(...overlay.layers);
  }
  layers.splice(labels < 0 ? layers.length : labels, 0, ...under);
  return { ...base, light: LIGHT, sources, layers: [...layers, ...over] };
}

/** Give a raised layer a flat twin for looking straight down: leaning walls hide what stands beside them. */
function variants(layer: LayerSpecification): LayerSpecification[] {
  if (layer.type !== "fill-extrusion") return [layer];
  const { "fill-extrusion-color": colour } = layer.paint ?? {};
  const shared = {
    source: layer.source,
    "source-layer": layer["source-layer"],
    minzoom: layer.minzoom,
    maxzoom: layer.maxzoom,
    filter: layer.filter,
    metadata: layer.metadata,
    layout: layer.layout,
  };
  const flat = {
    ...shared,
    id: layer.id + FLAT,
    type: "fill",
    paint: { "fill-color": colour, "fill-outline-color": OUTLINE },
  };
  return [without(flat), layer];
}

/** Outlines come with nearness: from far away they would be all one sees of small houses. */
const OUTLINE = ["interpolate", ["linear"], ["zoom"], 14.5, "rgba(90, 100, 112, 0)", 16, "rgba(90, 100, 112, 0.6)"];

/** Leave out undefined members, which MapLibre's checks refuse. */
function without(layer: object): LayerSpecification {
  return Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== undefined)) as LayerSpecification;
}

function chosen(layer: LayerSpecification, choices: Choices, { is3d, isQuiet }: Look): LayerSpecification {
  const choice = choices[layerOf(layer) ?? ""];
  const own = (layer.layout as { visibility?: string } | undefined)?.visibility !== "none";
  const isWanted = choice?.visible ?? own;
  const fits = layer.type === "fill-extrusion" ? is3d : !(layer.id.endsWith(FLAT) && is3d);
  const name = layerOf(layer);
  const isHushed = isQuiet && name !== null && !isGround(name, kindOf(layer) ?? "", layer.type, choices);
  const visibility = isWanted && fits && !isHushed ? "visible" : "none";
  const next = { ...layer, layout: { ...layer.layout, visibility } } as LayerSpecification;
  if (!choice || choice.opacity === 1) return next;
  return { ...next, paint: faded(next, choice.opacity) } as LayerSpecification;
}

const OPACITIES: Partial<Record<LayerSpecification["type"], string[]>> = {
  fill: ["fill-opacity"],
  line: ["line-opacity"],
  circle: ["circle-opacity", "circle-stroke-opacity"],
  symbol: ["text-opacity", "icon-opacity"],
  "fill-extrusion": ["fill-extrusion-opacity"],
};

function faded(layer: LayerSpecification, opacity: number): Record<string, unknown> {
  const paint = { ...(layer.paint as Record<string, unknown> | undefined) };
  for (const name of OPACITIES[layer.type] ?? []) {
    const own = paint[name] ?? 1;
    paint[name] = typeof own === "number" ? own * opacity : ["*", own, opacity];
  }
  return paint;
}
