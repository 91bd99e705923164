/** Targets and plans for tests, with only what a test speaks of. */
import type { TargetRow } from "@/api/types";

export function targetRow(parts: Partial<TargetRow>): TargetRow {
  return {
    id: "T001",
    plan: "plan",
    section: "1",
    section_title: { zh: "一", en: "One" },
    subject: { zh: "学校", en: "Schools" },
    aim: { zh: "4 所", en: "4 schools" },
    comparator: "=",
    value: 4,
    value_max: null,
    unit: "所",
    unit_symbol: { zh: "所", en: "schools" },
    direction: "up",
    deadline: "2025-12-31",
    cadence: "cumulative",
    leads: [],
    duplicate_of: "",
    parent: "",
    relation: "",
    indicator: "",
    status: "on-track",
    code: "pace",
    reason: { zh: "", en: "" },
    measured: null,
    share: null,
    expected: null,
    required_pace: null,
    measured_on: null,
    sort: "target",
    ...parts,
  };
}
