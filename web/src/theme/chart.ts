/** ECharts with only what the page's charts use, drawn as SVG. A chunk of its own: fetched with the first chart. */
import { LineChart, type LineSeriesOption } from "echarts/charts";
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  type GridComponentOption,
  type LegendComponentOption,
  type TooltipComponentOption,
} from "echarts/components";
import { init, use, type ComposeOption, type ECharts } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Colours } from "./follow";

use([LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

export type Chart = ECharts;
export type ChartOption = ComposeOption<
  LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

export function startChart(host: HTMLElement): Chart {
  return init(host, null, { renderer: "svg" });
}

export function textStyle(colours: Colours) {
  return { fontFamily: getComputedStyle(document.body).fontFamily, color: colours.text };
}

export function axisStyle(colours: Colours) {
  return {
    axisLine: { show: true, lineStyle: { color: colours["line-strong"] } },
    axisTick: { lineStyle: { color: colours["line-strong"] } },
    splitLine: { lineStyle: { color: colours.line } },
  };
}
