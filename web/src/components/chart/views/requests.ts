/** The view of single requests. */
import { lowerBound } from "@/lib/columns";
import { MINUTE_MS } from "@/lib/time";
import { type Plot, plotOf } from "../plot";
import { layRows, type Rows } from "../rows";
import { highestIn, rootScale } from "../scale";
import { type End, namesOf, type Scene, type ViewInput } from "../scene";
import type { ChartSeries } from "../types";
import { dotSize, type Places, strokesOf } from "./requestStrokes";
import { rowTicks } from "./rowTicks";

const ROW_STEPS = [10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000];

export function requestsScene(input: ViewInput): Scene {
  const { chart, sight, form, texts, size } = input;
  const { series } = chart;
  const peaks = series.map((line) => highestIn(line, sight));
  const scale = rootScale(Math.max(0, ...peaks));
  const hasRows = form === "rows";
  const names = namesOf(series, "");
  const tick = texts.number(Math.max(1_000, ...scale.ticks));
  const plot = plotOf({ size, hasRows, names, tick });
  const rows = hasRows ? layRows(peaks, Math.sqrt, plot.height, plot.isNarrow) : null;
  const places = placesOf(rows);
  const axisMax = rows ? plot.height : scale.max;
  const y = (at: number, value: number) =>
    plot.bottom - (places.place(at, value) / axisMax) * plot.height;
  const strokes = {
    plot,
    places,
    y,
    size: dotSize(input, plot),
    unitsPerPx: axisMax / plot.height,
  };
  return {
    input,
    form,
    plot,
    sight,
    gaps: input.gaps,
    axisMax,
    ticks: rows
      ? rowTicks(rows, ROW_STEPS, Math.sqrt, texts.number)
      : scale.ticks.map((value) => ({ at: scale.place(value), text: texts.number(value) })),
    rows,
    intervals: null,
    comparison: null,
    series: series.flatMap((line, at) => strokesOf(input, line, at, strokes)),
    ends: series.map((line, at) => endOf(input, line, at, y, rows, plot)),
    endsTitle: isInPast(input) ? texts.ends.lastInSight : texts.ends.lastRequest,
    unit: texts.unit.request,
    y,
  };
}

function placesOf(rows: Rows | null): Places {
  if (!rows) return { base: () => 0, place: (_, value) => Math.sqrt(value) };
  const base = (at: number) => rows.rows[at]?.base ?? 0;
  return { base, place: (at, value) => base(at) + Math.sqrt(value) * rows.scale };
}

function isInPast({ chart, sight }: ViewInput): boolean {
  return sight.to < chart.window.to - MINUTE_MS;
}

function endOf(
  input: ViewInput,
  line: ChartSeries,
  at: number,
  y: (at: number, value: number) => number,
  rows: Rows | null,
  plot: Plot,
): End {
  const { sight, texts, chart } = input;
  const last = lowerBound(line.t, sight.to + 1) - 1;
  const [t, value] = [line.t[last], line.v[last]];
  const row = rows?.rows[at];
  const middle = row ? plot.bottom - row.base - row.height / 2 : y(at, value ?? 0);
  const rest = { series: line, y: middle, isHollow: false };
  if (t === undefined || value === undefined || t < sight.from) {
    return { ...rest, value: null, t: sight.to, dotY: null, hasLeader: false, note: "" };
  }
  const note = isInPast(input) ? texts.time(t) : texts.age(chart.window.to - t);
  return { ...rest, value, t, dotY: y(at, value), hasLeader: row === undefined, note };
}
