/** What the names of a layer are, read from its declaration. */
import { kindNamed, layerNamed } from "@/state/zone";
import type { Naming } from "./declutter";

/** Tell whether a layer names areas, ground, points, or repeats the title of a class. */
export function namingOf(name: string): Naming {
  const layer = layerNamed(name);
  if (!layer) return "ground";
  if (layer.kind === "area") return "area";
  const label = kindNamed(layer.kind)?.properties.find((item) => item.name === layer.label);
  if (label && Object.keys(label.codes).length > 0) return "class";
  return layer.geometry === "point" || layer.geometry === "any" ? "point" : "ground";
}
