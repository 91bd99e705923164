/** Which targets the plan's page shows, and in which groups: pure. */
import type { TargetRow, Text } from "@/api/types";
import { STATUSES, type PlanPage, type StatusName } from "./address";
import { deadlineFirst, worstFirst } from "./standing";

export interface TargetGroup {
  key: string;
  title: Text | StatusName;
  rows: TargetRow[];
}

/** Keep the targets that fit the page's filters. */
export function chosenTargets(rows: readonly TargetRow[], page: PlanPage): TargetRow[] {
  const words = page.words.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = rows.filter(
    (row) =>
      (!page.section || row.section === page.section) &&
      (!page.organisation || row.leads.some((lead) => lead.code === page.organisation)) &&
      (page.statuses.length === 0 || page.statuses.includes(row.status)) &&
      words.every((word) => wordsOf(row).includes(word)),
  );
  if (page.sort === "worst") return worstFirst(kept);
  return page.sort === "deadline" ? deadlineFirst(kept) : kept;
}

function wordsOf(row: TargetRow): string {
  const leads = row.leads.map((lead) => `${lead.name.zh} ${lead.name.en}`).join(" ");
  return `${row.id} ${row.subject.zh} ${row.subject.en} ${row.section} ${row.section_title.zh} ${row.section_title.en} ${leads}`.toLowerCase();
}

/** Put targets in groups; one led by several organisations stands under each of them. */
export function groupedTargets(rows: readonly TargetRow[], grouping: PlanPage["grouping"]): TargetGroup[] {
  const groups = new Map<string, TargetGroup>();
  const put = (key: string, title: TargetGroup["title"], row: TargetRow) => {
    const group = groups.get(key) ?? { key, title, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  };
  for (const row of rows) {
    if (grouping === "section") put(row.section, row.section_title, row);
    else if (grouping === "status") put(row.status, row.status, row);
    else if (row.leads.length === 0) put("", { zh: "", en: "" }, row);
    else for (const lead of row.leads) put(lead.code, lead.name, row);
  }
  const found = [...groups.values()];
  if (grouping !== "status") return found;
  return found.sort((a, b) => STATUSES.findIndex((s) => s === a.key) - STATUSES.findIndex((s) => s === b.key));
}
