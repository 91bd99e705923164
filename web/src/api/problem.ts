/** What the server says went wrong (RFC 9457), or what kept us from hearing it. */
import type { Problem } from "./types";

export const UNREACHABLE = "urn:zonetwin:unreachable";
export const NO_ACTOR = "urn:zonetwin:no-actor";

/** An answer that was not the one asked for. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = "ProblemError";
  }
}

/** Give what failed as a problem document; `title` and `detail` of our own are codes that i18n words. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return { type: UNREACHABLE, title: "unreachable", status: 0, detail, hint: "" };
}

/** Read a refusal; anything that is no problem document becomes one. */
export function refusal(body: unknown, status: number): ProblemError {
  if (isProblem(body)) return new ProblemError(body);
  return new ProblemError({ type: "about:blank", title: "", status, detail: "", hint: "" });
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "detail" in body && "type" in body;
}
