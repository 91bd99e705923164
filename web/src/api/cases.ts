/** Projects: listed, opened, moved, verified, put on the map, and the bureau's workbook of them. */
import { asActor, change } from "./change";
import { formOf, get, send } from "./client";
import type {
  Case,
  CaseDraft,
  CaseRow,
  Media,
  MoveDraft,
  Place,
  Unplaced,
  WorkbookApplied,
  WorkbookDiff,
} from "./types";

export interface CaseQuestion {
  category?: string;
  stage?: string;
  organisation?: string;
  target?: string;
  placed?: boolean;
  late?: boolean;
  q?: string;
  sort?: string;
}

/** Give every project that fits, part by part. */
export async function readCases(question: CaseQuestion): Promise<CaseRow[]> {
  const rows: CaseRow[] = [];
  let after: string | undefined;
  do {
    const part = await get("/api/cases", { query: { ...question, limit: 1000, after } });
    rows.push(...part.items);
    after = part.next ?? undefined;
  } while (after);
  return rows;
}

export function readCase(id: number): Promise<Case> {
  return get("/api/cases/{case}", { path: { case: id } });
}

/** Open a project; a repeated `once` opens it once. */
export function createCase(draft: CaseDraft, once: string): Promise<Case> {
  return change((as) => send("post", "/api/cases", { headers: { ...as, "Idempotency-Key": once }, body: draft }));
}

/** Enter a claim, or with `verifies` the verification of one. */
export function moveCase(id: number, move: MoveDraft, once: string): Promise<Case> {
  return change((as) =>
    send("post", "/api/cases/{case}/moves", {
      path: { case: id },
      headers: { ...as, "Idempotency-Key": once },
      body: move,
    }),
  );
}

export function withdrawMove(id: number, move: number, note: string): Promise<Case> {
  return change((headers) =>
    send("post", "/api/cases/{case}/moves/{move}/withdrawal", {
      path: { case: id, move },
      headers,
      body: { note, organisation: "" },
    }),
  );
}

export function placeCase(id: number, geometry: Place, note: string): Promise<Case> {
  return change((headers) =>
    send("put", "/api/cases/{case}/place", { path: { case: id }, headers, body: { geometry: { ...geometry }, note } }),
  );
}

export async function readUnplaced(): Promise<Unplaced[]> {
  return (await get("/api/unplaced")).items;
}

export function keepFile(file: File): Promise<Media> {
  return asActor((headers) => send("post", "/api/media", { headers, body: formOf({ file }) }));
}

/** Compare the bureau's workbook with the record; nothing is written. */
export function compareWorkbook(file: File, language: "zh" | "en"): Promise<WorkbookDiff> {
  return asActor((headers) =>
    send("post", "/api/projects.xlsx", { headers, query: { dry_run: true, language }, body: formOf({ file }) }),
  );
}

export function applyWorkbook(token: string): Promise<WorkbookApplied> {
  return change((headers) => send("post", "/api/projects.xlsx/apply", { headers, body: { token } }));
}
