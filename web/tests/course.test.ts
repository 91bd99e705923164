import { describe, expect, it } from "vitest";
import { linesOf } from "@/state/course";

const point = (period_end: string, value: number | null, more: object = {}) => ({
  period_end,
  value,
  claimed: null,
  expected: null,
  low: null,
  high: null,
  ...more,
});
const page = {
  series: [point("2024-01-01", 1, { expected: 3 }), point("2025-01-01", 4, { claimed: 5, expected: 6 })],
  value: 9,
  start: "2023-01-01",
  deadline: "2025-12-31",
  measured: { value: 4, claimed: 5, low: null, high: null, unit: "处" },
  measured_on: "2025-01-01",
  expected: 6,
  status: "behind" as const,
  baseline: null,
};

describe("a target's chart", () => {
  it("draws an even pace from the start to the target, and the pace still needed from today", () => {
    const lines = linesOf(page, "2025-01-01");
    expect(lines.verified).toEqual([["2024-01-01", 1], ["2025-01-01", 4]]);
    expect(lines.claimed).toEqual([["2025-01-01", 5]]);
    expect(lines.even).toEqual([["2023-01-01", 0], ["2025-12-31", 9]]);
    expect(lines.required).toEqual([["2025-01-01", 4], ["2025-12-31", 9]]);
    expect([lines.from, lines.until]).toEqual(["2023-01-01", "2025-12-31"]);
  });

  it("draws no pace where the verdict used none", () => {
    const lines = linesOf({ ...page, expected: null, series: [point("2025-01-01", 71, { low: 68, high: 88 })] }, "2025-01-01");
    expect(lines.even).toEqual([]);
    expect(lines.required).toEqual([]);
    expect(lines.band).toEqual([["2025-01-01", 68, 88]]);
  });

  it("needs no pace once the target is reached or its day has passed", () => {
    expect(linesOf({ ...page, measured: { ...page.measured, value: 9 } }, "2025-01-01").required).toEqual([]);
    expect(linesOf({ ...page, deadline: "2024-12-31" }, "2025-01-01").required).toEqual([]);
  });

  it("leaves out days without a value instead of drawing zero", () => {
    expect(linesOf({ ...page, series: [point("2024-01-01", null)] }, "2025-01-01").verified).toEqual([]);
  });
});
