/** What every view needs to know of the zone, asked for once and again after changes. */
import { computed, effectScope } from "vue";
import { readAreas, readFlows, readKinds, readLayers, readOrganisations, readZone } from "@/api/zone";
import type { Kind, Layer, Text } from "@/api/types";
import { dataOf, useResource } from "./resource";

// these live as long as the page
const scope = effectScope(true);

const shared = scope.run(() => ({
  zone: useResource(() => "zone", readZone),
  kinds: useResource(() => "kinds", readKinds),
  layers: useResource(() => "layers", readLayers),
}));
if (!shared) throw new Error("the scope of the zone was stopped");

export const zoneAsked = shared.zone;
export const layersAsked = shared.layers;
export const zone = computed(() => dataOf(shared.zone.value.value));
export const layerTree = computed(() => dataOf(shared.layers.value.value));

const kindsByName = computed(() => new Map((dataOf(shared.kinds.value.value) ?? []).map((kind) => [kind.name, kind])));

export function kindNamed(name: string): Kind | undefined {
  return kindsByName.value.get(name);
}

export function layerNamed(name: string): Layer | undefined {
  return layerTree.value?.layers.find((layer) => layer.name === name);
}

let flowsAsked: ReturnType<typeof readFlows> | null = null;

/** Give the flows; they are declarations and do not change while the server runs. */
export function flowsOnce(): ReturnType<typeof readFlows> {
  flowsAsked ??= readFlows().catch((error: unknown) => {
    flowsAsked = null;
    throw error;
  });
  return flowsAsked;
}

/** Ask for the areas, and give the name of one by its code. */
export function useAreaNames() {
  const asked = useResource(() => "areas", readAreas);
  const names = computed(() => new Map((dataOf(asked.value.value) ?? []).map((area) => [area.code, area.name])));
  return (code: string): Text => names.value.get(code) ?? { zh: code, en: code };
}

/** Ask for the organisations, for lists to choose from. */
export function useOrganisations() {
  const asked = useResource(() => "organisations", readOrganisations);
  return computed(() => dataOf(asked.value.value) ?? []);
}
