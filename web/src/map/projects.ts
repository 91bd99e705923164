/** Projects as marks on the map: late ones are squares, finished ones discs, the others diamonds. */
import type { FeatureCollection } from "geojson";
import type { CaseRow } from "@/api/types";
import type { StatusName } from "@/state/address";
import type { Colours } from "@/theme/follow";
import type { Overlay } from "./overlay";

const ID = "zt-projects";

/** Tell by which verdict's shape a project is drawn. */
export function markOf(row: Pick<CaseRow, "late_days" | "verified_stage" | "stage">): StatusName {
  if (row.late_days !== null && row.late_days > 0) return "behind";
  if (row.stage === "cancelled") return "not-a-target";
  const done = ["complete", "delivered"];
  if (row.verified_stage && done.includes(row.verified_stage)) return "met";
  return row.stage === "conceived" ? "cannot-be-scored" : "on-track";
}

/** Give the overlay of the projects that have a place; `chosen` is drawn larger. */
export function projectsOverlay(rows: readonly CaseRow[], chosen: number | null, colours: Colours): Overlay {
  const data: FeatureCollection = {
    type: "FeatureCollection",
    features: rows.flatMap((row) =>
      row.point
        ? [
            {
              type: "Feature",
              geometry: { type: "Point", coordinates: row.point },
              properties: { feature: `case/${row.id}`, status: markOf(row), chosen: row.id === chosen },
            },
          ]
        : [],
    ),
  };
  const size = ["case", ["get", "chosen"], 1.5, 0.9];
  return {
    id: ID,
    data,
    layers: [
      {
        id: `${ID}-mark`,
        type: "symbol",
        source: ID,
        layout: {
          "icon-image": [
            "match",
            ["get", "status"],
            "behind",
            `mark:behind:${colours.behind}`,
            "met",
            `mark:met:${colours.met}`,
            "cannot-be-scored",
            `mark:cannot-be-scored:${colours.none}`,
            "not-a-target",
            `mark:not-a-target:${colours.none}`,
            `mark:on-track:${colours["on-track"]}`,
          ],
          "icon-size": size,
          "icon-allow-overlap": true,
        },
      } as unknown as Overlay["layers"][number],
    ],
  };
}
