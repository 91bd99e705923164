import { describe, expect, it } from "vitest";
import { firstPage, type PlanPage } from "@/state/address";
import { chosenTargets, groupedTargets } from "@/state/choosing";
import { daysBetween, deadlineFirst, standingOf, sumOf, worstFirst } from "@/state/standing";
import { targetRow } from "./rows";

const plan = firstPage("plan") as PlanPage;
const ids = (rows: { id: string }[]) => rows.map((row) => row.id);

describe("how a plan stands", () => {
  it("is unknown while nothing is scored", () => {
    expect(standingOf({ by_status: { "cannot-be-scored": 40, "not-a-target": 3 } as never })).toBe("unknown");
  });

  it("is late as soon as more than a fifth of what is scored is behind", () => {
    expect(standingOf({ by_status: { met: 8, behind: 2 } as never })).toBe("mostly"); // 2 of 10
    expect(standingOf({ by_status: { met: 7, behind: 1, missed: 1 } as never })).toBe("late"); // 2 of 9
    expect(standingOf({ by_status: { met: 9, "at-risk": 1 } as never })).toBe("mostly");
    expect(standingOf({ by_status: { met: 9, "on-track": 1 } as never })).toBe("on-track");
  });

  it("counts neither the unscored nor what is no target", () => {
    expect(sumOf({ met: 1, "on-track": 2, "at-risk": 3, behind: 4, missed: 5, "cannot-be-scored": 6, "not-a-target": 7 })).toEqual({
      good: 3,
      watch: 3,
      bad: 9,
      scored: 15,
    });
  });

  it("counts days over a leap day", () => {
    expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
    expect(daysBetween("2025-07-01", "2023-12-31")).toBe(-548);
  });
});

describe("targets", () => {
  const rows = [
    targetRow({ id: "A", status: "met", deadline: null }),
    targetRow({ id: "B", status: "behind", share: 0.5, section: "2", leads: [{ code: "x", name: { zh: "甲局", en: "X" } }] }),
    targetRow({ id: "C", status: "behind", share: 0.1, deadline: "2023-12-31" }),
    targetRow({
      id: "D",
      status: "missed",
      subject: { zh: "公园", en: "Parks" },
      leads: [
        { code: "x", name: { zh: "甲局", en: "X" } },
        { code: "y", name: { zh: "乙局", en: "Y" } },
      ],
    }),
  ];

  it("are ordered worst first, among equals the smaller share", () => {
    expect(ids(worstFirst(rows))).toEqual(["D", "C", "B", "A"]);
  });

  it("without a deadline come last by deadline", () => {
    expect(ids(deadlineFirst(rows))).toEqual(["C", "B", "D", "A"]);
  });

  it("are kept by section, organisation, verdict and words", () => {
    expect(ids(chosenTargets(rows, { ...plan, section: "2" }))).toEqual(["B"]);
    expect(ids(chosenTargets(rows, { ...plan, organisation: "x" }))).toEqual(["B", "D"]);
    expect(ids(chosenTargets(rows, { ...plan, statuses: ["met", "missed"] }))).toEqual(["A", "D"]);
    expect(ids(chosenTargets(rows, { ...plan, words: "parks 乙局" }))).toEqual(["D"]);
  });

  it("led by two organisations stand under both, those led by none under their own heading", () => {
    const groups = groupedTargets(rows, "organisation");
    expect(groups.map((group) => [group.key, ids(group.rows)])).toEqual([
      ["", ["A", "C"]],
      ["x", ["B", "D"]],
      ["y", ["D"]],
    ]);
  });

  it("are grouped by verdict in the order of the verdicts", () => {
    expect(groupedTargets(rows, "status").map((group) => group.key)).toEqual(["met", "behind", "missed"]);
  });
});
