/** Features: one with its history, those of a kind within a box, and putting one on the map. */
import { change } from "./change";
import { get, send } from "./client";
import { refusal } from "./problem";
import type { Bounds, Feature, Place } from "./types";

export function readFeature(kind: string, fid: number): Promise<Feature> {
  return get("/api/features/{kind}/{fid}", { path: { kind, fid } });
}

export function placeFeature(kind: string, fid: number, geometry: Place, note: string): Promise<Feature> {
  return change((headers) =>
    send("put", "/api/features/{kind}/{fid}/place", {
      path: { kind, fid },
      headers,
      body: { geometry: { ...geometry }, note },
    }),
  );
}

/** A row of a kind's table: its properties, and its geometry to find it on the map. */
export interface Row {
  fid: number;
  properties: Record<string, string | number | boolean | null>;
}

export interface RowsInBox {
  rows: Row[];
  total: number;
}

interface Items {
  features: { id: number | string; properties: Row["properties"] }[];
  numberMatched?: number;
}

/** List features of a kind inside a box (OGC API Features), at most `limit`. */
export async function readRows(kind: string, box: Bounds, limit: number, signal?: AbortSignal): Promise<RowsInBox> {
  const query = new URLSearchParams({ bbox: box.join(","), limit: String(limit), f: "json" });
  const answer = await fetch(`/ogc/collections/${encodeURIComponent(kind)}/items?${query}`, {
    headers: { accept: "application/geo+json" },
    signal,
  });
  const body: unknown = await answer.json();
  if (!answer.ok) throw refusal(body, answer.status);
  const { features, numberMatched } = body as Items;
  const rows = features.map(({ id, properties }) => ({ fid: Number(id), properties }));
  return { rows, total: numberMatched ?? rows.length };
}
