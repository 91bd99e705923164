/** The plan: how it stands, its targets, what proves them, and attaching its text. */
import { asActor, change } from "./change";
import { formOf, get, send } from "./client";
import type { Attached, IndicatorRow, Plan, Proof, ProofRow, Rerun, TargetPage, TargetRow } from "./types";

export function readPlan(): Promise<Plan> {
  return get("/api/plan");
}

/** Give all targets in the plan's order: a plan has some hundred, a list of the page filters them at once. */
export async function readTargets(): Promise<TargetRow[]> {
  const rows: TargetRow[] = [];
  let after: string | undefined;
  do {
    const part = await get("/api/targets", { query: { limit: 1000, after } });
    rows.push(...part.items);
    after = part.next ?? undefined;
  } while (after);
  return rows;
}

export function readTarget(target: string): Promise<TargetPage> {
  return get("/api/targets/{target}", { path: { target } });
}

export async function readIndicators(): Promise<IndicatorRow[]> {
  return (await get("/api/indicators")).items;
}

export function readProof(proof: string): Promise<Proof> {
  return get("/api/proofs/{proof}", { path: { proof } });
}

export type RowSort = "counted" | "not" | "unknown";

export interface ProofRows {
  items: ProofRow[];
  next: number | null;
  total: number;
}

export async function readProofRows(proof: string, status: RowSort | null, after: number): Promise<ProofRows> {
  const query = { after, limit: 50, ...(status ? { status } : {}) };
  const part = await get("/api/proofs/{proof}/rows", { path: { proof }, query });
  return { items: part.items, next: part.next ? Number(part.next) : null, total: part.total };
}

/** Compute a proof again; nothing is written. */
export function rerunProof(proof: string): Promise<Rerun> {
  return asActor((headers) => send("post", "/api/proofs/{proof}/rerun", { path: { proof }, headers }));
}

export function attachDocument(file: File, plan: string): Promise<Attached> {
  return change((headers) => send("post", "/api/documents", { headers, body: formOf({ file, plan }) }));
}
