/** The view of sums per interval: lines with a light fill, stacked bars, or rows. */
import { intervalComparison, raised } from "../comparison";
import { type Intervals, intervalFor, intervalsOf } from "../intervals";
import { isNarrow, type Plot, plotOf } from "../plot";
import { layRows, type Rows } from "../rows";
import { linearScale } from "../scale";
import { namesOf, type Scene, type ViewInput } from "../scene";
import type { Window } from "../types";
import { areaSeries } from "./areas";
import { barSeries } from "./bars";
import { endsOf } from "./intervalEnds";
import { rowTicks } from "./rowTicks";

/** From this size on the axis begins with an interval, not within one. */
const ALIGNED_FROM_MS = 30 * 60_000;
const RAIL_PX = 230;
const NARROW_RAIL_PX = 46;

/** What lines, bars and rows are drawn from. */
export interface IntervalDrawing {
  readonly input: ViewInput;
  readonly intervals: Intervals;
  readonly plot: Plot;
  readonly rows: Rows | null;
  /** The width of an interval. */
  readonly intervalPx: number;
  /** Axis units per px. */
  readonly unitsPerPx: number;
}

export function intervalScene(input: ViewInput): Scene {
  const { form, texts, size, gaps, chart } = input;
  const intervals = computed(input);
  const sight = axisSpan(input, intervals);
  const most = highest(intervals, sight, form);
  const comparison = form === "rows" ? null : intervalComparison(chart, intervals);
  const scale = linearScale(comparison ? raised(most, most > 1, comparison) : most);
  const hasRows = form === "rows";
  const tick = texts.number(Math.max(1_000, ...scale.ticks));
  const plot = plotOf({ size, hasRows, names: namesOf(chart.series, texts.total), tick });
  const rows = hasRows ? rowsOf(intervals, sight, plot) : null;
  const axisMax = rows ? plot.height : scale.max;
  const y = (at: number, value: number) => {
    const place = rows ? (rows.rows[at]?.base ?? 0) + value * rows.scale : value;
    return plot.bottom - (place / axisMax) * plot.height;
  };
  const intervalPx = (intervals.ms / (sight.to - sight.from)) * plot.width;
  const unitsPerPx = axisMax / plot.height;
  const drawing = { input, intervals, plot, rows, intervalPx, unitsPerPx };
  const isPartial = intervals.isWhole.at(-1) === false;
  return {
    input,
    form,
    plot,
    sight,
    gaps,
    axisMax,
    ticks: rows
      ? rowTicks(
          rows,
          linearScale(Math.max(...peaksOf(intervals, sight))).ticks,
          (v) => v,
          texts.number,
        )
      : scale.ticks.map((at) => ({ at, text: texts.number(at) })),
    rows,
    intervals,
    comparison,
    series: form === "bars" ? barSeries(drawing) : areaSeries(drawing),
    ends: endsOf(drawing, y),
    endsTitle: isPartial ? texts.ends.thisInterval : texts.ends.interval,
    unit: texts.unit.interval(intervals.ms),
    y,
  };
}

function computed({ chart, gaps, sight, size, texts }: ViewInput): Intervals {
  const width = size.width - (isNarrow(size.width) ? NARROW_RAIL_PX : RAIL_PX);
  const ms = intervalFor(sight.to - sight.from, width, chart.sourceMs ?? 0);
  const { series, window } = chart;
  return intervalsOf({ series, gaps, sight, window, ms, zone: texts.zone });
}

/** Without a zoom the axis ends with the interval that goes on. */
function axisSpan({ sight, zoom }: ViewInput, { edges, ms }: Intervals): Window {
  const [first = sight.from, last = sight.to] = [edges[0], edges.at(-1)];
  if (zoom) return sight;
  return { from: ms > ALIGNED_FROM_MS ? first : sight.from, to: last };
}

function indexesIn({ edges }: Intervals, { from, to }: Window): readonly number[] {
  return edges.flatMap((edge, at) => {
    const end = edges[at + 1];
    return end !== undefined && edge < to && end > from ? [at] : [];
  });
}

/** With lines the total is drawn too, with bars it is their top. */
function highest(intervals: Intervals, sight: Window, form: string): number {
  if (form === "rows") return Math.max(1, ...peaksOf(intervals, sight));
  return Math.max(1, ...indexesIn(intervals, sight).map((at) => intervals.total[at] ?? 0));
}

function peaksOf(intervals: Intervals, sight: Window): readonly number[] {
  const indexes = indexesIn(intervals, sight);
  return intervals.series.map(({ v }) => Math.max(0, ...indexes.map((at) => v[at] ?? 0)));
}

function rowsOf(intervals: Intervals, sight: Window, plot: Plot): Rows {
  return layRows(peaksOf(intervals, sight), (value) => value, plot.height, plot.isNarrow);
}
