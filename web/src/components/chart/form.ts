/** The automatic form of a view, and the facts that decide it. */
import { DAY_MS } from "@/lib/time";
import { isNarrow } from "./plot";
import { countIn } from "./scale";
import type { Chart, ChartForm, Window } from "./types";

const MOST_TOGETHER = 5;
/** Longer spans have an interval per day, too few for lines. */
const DAYS_FROM_MS = 7.5 * DAY_MS;
const MOST_PER_PX = 1.5;
/** Least heights of a row, and of the axis with its unit. */
const ROW_PX = 36;
const NARROW_ROW_PX = 42;
const AXIS_PX = 48;
/** Approximate width of labels and axis beside the plot. */
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
    const { from, to } = sightOf({ chart, zoom });
    const isDays = to - from > DAYS_FROM_MS;
    return isDays || series.length > MOST_TOGETHER ? "bars" : "lines";
  }
  if (form === "together" || (form === "rows" && series.length > 1)) return form;
  if (series.length < 2) return "together";
  const plotPx = width - (isNarrow(width) ? BESIDE_NARROW_PX : BESIDE_PX);
  const isDense = countIn(series, sightOf({ chart, zoom })) > MOST_PER_PX * plotPx;
  return series.length > MOST_TOGETHER || isDense ? "rows" : "together";
}

/** The least height that rows need; null where the usual height is enough. */
export function neededHeight(chart: Chart, form: ChartForm, width: number): number | null {
  if (form !== "rows") return null;
  const row = isNarrow(width) ? NARROW_ROW_PX : ROW_PX;
  return chart.series.length * row + AXIS_PX;
}
