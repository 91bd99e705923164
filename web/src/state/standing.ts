/** What the plan's numbers amount to: pure sums and orders over targets. */
import type { Plan, TargetRow } from "@/api/types";
import type { StatusName } from "./address";

/** How a plan stands, as one word. */
export type Standing = "unknown" | "on-track" | "mostly" | "late";

export interface Sum {
  good: number;
  watch: number;
  bad: number;
  scored: number;
}

type Counts = Partial<Record<StatusName, number>>;

/** Sum up counts by verdict. */
export function sumOf(counts: Counts): Sum {
  const of = (status: StatusName) => counts[status] ?? 0;
  const good = of("met") + of("on-track");
  const watch = of("at-risk");
  const bad = of("behind") + of("missed");
  return { good, watch, bad, scored: good + watch + bad };
}

/** Tell in one word how a plan stands: late as soon as more than a fifth of what is scored is behind. */
export function standingOf(plan: Pick<Plan, "by_status">): Standing {
  const { bad, scored, watch } = sumOf(plan.by_status);
  if (scored === 0) return "unknown";
  if (bad === 0 && watch === 0) return "on-track";
  return bad / scored <= 0.2 ? "mostly" : "late";
}

const RANK: Record<StatusName, number> = {
  missed: 0,
  behind: 1,
  "at-risk": 2,
  "on-track": 3,
  met: 4,
  "cannot-be-scored": 5,
  "not-a-target": 6,
};

/** Order targets from the worst to the best; among equals the smaller share of its aim first. */
export function worstFirst(rows: readonly TargetRow[]): TargetRow[] {
  return [...rows].sort(
    (a, b) =>
      RANK[a.status] - RANK[b.status] ||
      (a.share ?? 1) - (b.share ?? 1) ||
      (a.deadline ?? "9999").localeCompare(b.deadline ?? "9999") ||
      a.id.localeCompare(b.id),
  );
}

/** Order targets by their deadline, those without one last. */
export function deadlineFirst(rows: readonly TargetRow[]): TargetRow[] {
  return [...rows].sort(
    (a, b) => (a.deadline ?? "9999").localeCompare(b.deadline ?? "9999") || a.id.localeCompare(b.id),
  );
}

/** Days from one ISO date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
