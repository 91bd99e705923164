/** The chart of a target's course as ECharts wants it. */
import type { TargetPage } from "@/api/types";
import { quantityText } from "@/i18n/format";
import type { Language } from "@/state/address";
import type { Lines } from "@/state/course";
import { axisStyle, textStyle, type ChartOption } from "@/theme/chart";
import type { Colours } from "@/theme/follow";
import { VERDICTS } from "@/theme/verdict";

export type CourseWords = Record<"verified" | "claimed" | "band" | "even" | "required" | "aim" | "today", string>;

/** Describe the chart. Each line has a dash of its own beside its colour. */
export function courseOption(
  lines: Lines,
  page: Pick<TargetPage, "unit" | "unit_symbol" | "status">,
  today: string,
  words: CourseWords,
  language: Language,
  colours: Colours,
): ChartOption {
  const main = colours[VERDICTS[page.status].colour];
  const show = (value: number) => quantityText(value, page.unit, page.unit_symbol, language);
  const line = (name: string, data: unknown[], colour: string, type: "solid" | "dashed" | "dotted", symbol: boolean) => ({
    name,
    type: "line" as const,
    data,
    showSymbol: symbol,
    symbol: "circle",
    symbolSize: 6,
    itemStyle: { color: colour },
    lineStyle: { color: colour, type, width: symbol ? 2.5 : 1.5 },
    emphasis: { disabled: true },
  });
  const hasArea = lines.band.length > 2;
  // with one or two days there is no area to fill: the band stands as a bar beside the point
  const whiskers = hasArea ? [] : lines.band.map(([day, low, high]) => [{ coord: [day, low], lineStyle: { color: main, type: "solid" as const, width: 2 } }, { coord: [day, high] }]);
  const series = [
    hasArea && { ...line(`${words.band} low`, lines.band.map(([day, low]) => [day, low]), main, "solid", false), stack: "band", lineStyle: { opacity: 0 }, tooltip: { show: false }, silent: true },
    hasArea && { ...line(words.band, lines.band.map(([day, low, high]) => [day, high - low]), main, "solid", false), stack: "band", lineStyle: { opacity: 0 }, areaStyle: { color: main, opacity: 0.16 }, tooltip: { show: false }, silent: true },
    lines.even.length > 0 && line(words.even, lines.even, colours["text-soft"], "dashed", false),
    lines.required.length > 0 && line(words.required, lines.required, colours["at-risk"], "dotted", false),
    lines.claimed.length > 0 && line(words.claimed, lines.claimed, main, "dashed", true),
    {
      ...line(words.verified, lines.verified, main, "solid", true),
      markLine: {
        symbol: "none",
        silent: true,
        label: { color: colours.text, fontSize: 12, backgroundColor: colours.surface, padding: [1, 4] },
        data: [
          { yAxis: lines.aim, label: { formatter: `${words.aim} ${show(lines.aim)}`, position: "insideStartTop" }, lineStyle: { color: colours.text, type: "solid", width: 1 } },
          { xAxis: today, label: { formatter: words.today, position: "end" }, lineStyle: { color: colours.accent, type: "solid", width: 1 } },
          ...whiskers,
        ],
      },
    },
  ].filter((item) => item !== false);
  const legend = [words.verified, words.claimed, words.even, words.required, words.band].filter((name) =>
    series.some((item) => item.name === name),
  );
  const all = [...lines.verified, ...lines.claimed, ...lines.even].map(([, value]) => value).concat(lines.band.map(([, , high]) => high), lines.aim);
  return {
    animation: false,
    textStyle: textStyle(colours),
    grid: { left: 8, right: 24, top: 48, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    legend: { top: 0, left: 0, data: legend, textStyle: { color: colours.text, fontSize: 12 }, itemWidth: 26, itemHeight: 8, itemGap: 14 },
    tooltip: {
      trigger: "axis",
      confine: true,
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.text, fontSize: 12 },
      valueFormatter: (value: unknown) => (typeof value === "number" ? show(value) : "—"),
    },
    xAxis: { type: "time", min: lines.from, max: lines.until, ...axisStyle(colours), splitLine: { show: false }, axisLabel: { color: colours["text-soft"], hideOverlap: true, formatter: { year: "{yyyy}", month: "{MM}", day: "{MM}-{dd}" } } },
    yAxis: {
      type: "value",
      min: Math.min(0, ...all),
      max: Math.max(...all) * 1.04,
      ...axisStyle(colours),
      axisLabel: { color: colours["text-soft"], formatter: (value: number) => show(value), showMaxLabel: false },
    },
    series: series as ChartOption["series"],
  };
}
