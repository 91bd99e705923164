/** The zone, what its packs declare, its organisations and areas, and finding by name. */
import { get } from "./client";
import type { Area, Flow, Found, Kind, LayerTree, Organisation, Zone } from "./types";

export function readZone(): Promise<Zone> {
  return get("/api/zone");
}

export async function readKinds(): Promise<Kind[]> {
  return (await get("/api/kinds")).items;
}

export function readLayers(): Promise<LayerTree> {
  return get("/api/layers");
}

export async function readFlows(): Promise<Flow[]> {
  return (await get("/api/flows")).items;
}

export async function readOrganisations(): Promise<Organisation[]> {
  return (await get("/api/organisations")).items;
}

export async function readAreas(): Promise<Area[]> {
  return (await get("/api/areas")).items;
}

/** Give the number of the newest Change. */
export async function readChangeNumber(): Promise<number> {
  return (await get("/health")).change;
}

export async function find(words: string, limit: number, signal: AbortSignal): Promise<Found[]> {
  return (await get("/api/search", { query: { q: words, limit }, signal })).items;
}
