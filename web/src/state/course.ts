/** What a target's chart shows, as plain points: measured, claimed, band, even pace and the pace still needed. */
import type { TargetPage } from "@/api/types";

/** An ISO day and a value in the target's unit. */
export type Point = [string, number];

export interface Lines {
  verified: Point[];
  claimed: Point[];
  /** Day, low, high. */
  band: [string, number, number][];
  even: Point[];
  required: Point[];
  aim: number;
  from: string;
  until: string;
}

type Drawn = Pick<TargetPage, "series" | "value" | "start" | "deadline" | "measured" | "measured_on" | "expected" | "status" | "baseline">;

/** Work out the lines of a chart. An even pace is drawn only where the verdict used one. */
export function linesOf(page: Drawn, today: string): Lines {
  const { series, value, deadline, measured } = page;
  const verified = series.flatMap((point): Point[] => (point.value === null ? [] : [[point.period_end, point.value]]));
  const claimed = series.flatMap((point): Point[] => (point.claimed === null ? [] : [[point.period_end, point.claimed]]));
  const band = series.flatMap((point): Lines["band"] =>
    point.low === null || point.high === null ? [] : [[point.period_end, point.low, point.high]],
  );
  const days = [page.start, deadline, today, ...series.map((point) => point.period_end)].filter((day): day is string => Boolean(day)).sort();
  const now = page.measured_on ?? today;
  const isOpen = deadline !== null && now < deadline && measured?.value != null && measured.value < value;
  const hasPace = page.expected !== null || series.some((point) => point.expected !== null);
  return {
    verified,
    claimed,
    band,
    even: hasPace && page.start && deadline ? [[page.start, page.baseline ?? 0], [deadline, value]] : [],
    required: isOpen && hasPace ? [[now, measured.value ?? 0], [deadline, value]] : [],
    aim: value,
    from: days[0] ?? today,
    until: days.at(-1) ?? today,
  };
}
