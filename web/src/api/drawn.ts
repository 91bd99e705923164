/** A proof's rows as points to be drawn. */
import type { FeatureCollection, Point } from "geojson";
import { refusal } from "./problem";

/** The placed objects of a proof; `total` counts those without a place too. */
export interface DrawnRows extends FeatureCollection<Point> {
  total: number;
}

export async function readDrawnRows(proof: string): Promise<DrawnRows> {
  const answer = await fetch(`/api/proofs/${encodeURIComponent(proof)}/rows.geojson`);
  const body: unknown = await answer.json();
  if (!answer.ok) throw refusal(body, answer.status);
  return body as DrawnRows;
}
