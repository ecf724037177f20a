/** The automatic form of a view, and what it needs. */
import { isNarrow } from "./plot";
import { countIn } from "./scale";
import type { Chart, ChartForm, Window } from "./types";

const MOST_TOGETHER = 5;
const MOST_PER_PX = 1.5;
/** Height of a row on a phone, and of the axis with its unit. */
const NARROW_ROW_PX = 42;
const NARROW_AXIS_PX = 48;
/** What is beside the plot, roughly. */
const BESIDE_PX = 230;
const BESIDE_NARROW_PX = 50;

export function sightOf({
  chart,
  zoom,
}: {
  readonly chart: Chart;
  readonly zoom: Window | null;
}): Window {
  return zoom ?? chart.window;
}

/** The chosen form where it fits the view, otherwise the automatic one. */
export function formOf(chart: Chart, zoom: Window | null, width: number): ChartForm {
  const { view, form, series } = chart;
  if (view === "total") return "lines";
  if (view === "interval") {
    if (form === "lines" || form === "bars" || form === "rows") return form;
    return series.length > MOST_TOGETHER ? "bars" : "lines";
  }
  if (form === "together" || (form === "rows" && series.length > 1)) return form;
  if (series.length < 2) return "together";
  const plotPx = width - (isNarrow(width) ? BESIDE_NARROW_PX : BESIDE_PX);
  const isDense = countIn(series, sightOf({ chart, zoom })) > MOST_PER_PX * plotPx;
  return series.length > MOST_TOGETHER || isDense ? "rows" : "together";
}

/** The height that rows need on a phone; null where the usual height is enough. */
export function neededHeight(chart: Chart, form: ChartForm, width: number): number | null {
  if (form !== "rows" || !isNarrow(width)) return null;
  return chart.series.length * NARROW_ROW_PX + NARROW_AXIS_PX;
}
