/** The cumulative view: step lines from zero, broken where unwatched. */
import { MOST_RAISED_TOTAL, previousSteps, raised } from "../comparison";
import { plotOf } from "../plot";
import { linearScale } from "../scale";
import { type End, isDimmed, namesOf, type Scene, type ViewInput } from "../scene";
import { gathered, type Steps, stepsOf } from "../steps";
import { fadingFill, lineSeries, type Series } from "../strokes";
import { hasTotalLine } from "../totals";
import type { ChartSeries } from "../types";
import { mergedColumns } from "./merged";

const DIMMED = 0.16;
/** ECharts leaves out segments below this length, in device pixels. */
const IGNORED_PX = 2.05;
const MOST_THICK = 5;

export function totalScene(input: ViewInput): Scene {
  const { chart, sight, gaps, texts, size, form } = input;
  const { series } = chart;
  const width = size.width;
  const lines = series.map((line) => stepsOf(line, sight, gaps, width));
  const sum = lines.reduce((total, line) => total + line.total, 0);
  const largest = Math.max(0, ...lines.map(({ total }) => total));
  const hasTotal = hasTotalLine(lines.map(({ total }) => total));
  const hasPrevious = chart.previous !== null && (hasTotal || series.length === 1);
  const comparison = hasPrevious ? previousSteps(chart.previous, sight, width) : null;
  const most = hasTotal ? sum : largest;
  const scale = linearScale(
    comparison ? raised(most, most > 0, comparison, MOST_RAISED_TOTAL) : most,
  );
  const names = namesOf(series, texts.total);
  const tick = texts.number(Math.max(1_000, ...scale.ticks));
  const plot = plotOf({ size, hasRows: false, names, tick });
  const y = (_: number, value: number) => plot.bottom - (value / scale.max) * plot.height;
  const least = (IGNORED_PX / Math.max(1, input.pixelRatio)) * (scale.max / plot.height);
  const whole = hasTotal ? stepsOf(mergedColumns(series), sight, gaps, width) : null;
  return {
    input,
    form,
    plot,
    sight,
    gaps,
    axisMax: scale.max,
    ticks: scale.ticks.map((at) => ({ at, text: texts.number(at) })),
    rows: null,
    intervals: null,
    comparison,
    series: [
      ...(whole ? [totalLine(input, whole, least)] : []),
      ...lines.map((line, at) => modelLine(input, series[at], line, at, least)),
    ].filter((one) => one !== null),
    ends: endsOf(input, lines, sum, hasTotal, y),
    endsTitle: texts.ends.now,
    unit: texts.unit.since(startText(input)),
    y,
  };
}

function startText({ sight, texts }: ViewInput): string {
  const isOneDay = texts.day(sight.from) === texts.day(sight.to);
  const time = texts.time(sight.from);
  return isOneDay ? time : `${texts.day(sight.from)} ${time}`;
}

function totalLine(input: ViewInput, { points }: Steps, least: number): Series {
  const { colors } = input;
  const line = lineSeries({
    id: "total",
    points: gathered(points, least),
    color: colors.ink,
    width: 1.75,
    opacity: isDimmed(input, null) ? 0.2 : 0.9,
    z: 3,
  });
  return { ...line, step: "end", areaStyle: fadingFill(colors.ink, colors.totalFill) };
}

function modelLine(
  input: ViewInput,
  series: ChartSeries | undefined,
  { points }: Steps,
  at: number,
  least: number,
): Series | null {
  if (!series) return null;
  const { look, key } = series;
  const count = input.chart.series.length;
  const line = lineSeries({
    id: `line ${key}`,
    points: gathered(points, least),
    color: look.color,
    dash: look.dash,
    width: count > MOST_THICK ? 1.75 : 2,
    opacity: isDimmed(input, key) ? DIMMED : 1,
    z: 4 + at,
  });
  const fill = count === 1 ? { areaStyle: { color: look.color, opacity: 0.1 } } : {};
  return { ...line, step: "end", lineStyle: { ...line.lineStyle, join: "miter" }, ...fill };
}

function endsOf(
  { chart, sight }: ViewInput,
  lines: readonly Steps[],
  sum: number,
  hasTotal: boolean,
  y: (at: number, value: number) => number,
): readonly End[] {
  const ends = chart.series.map((series, at): End => {
    const value = lines[at]?.total ?? 0;
    const place = y(at, value);
    return end(series, value, sight.to, place, place);
  });
  if (chart.series.length < 2) return ends;
  const place = hasTotal ? y(0, sum) : y(0, Number.MAX_SAFE_INTEGER);
  const total = end(null, sum, sight.to, place, hasTotal ? place : null);
  return [{ ...total, hasLeader: hasTotal }, ...ends];
}

function end(series: ChartSeries | null, value: number, t: number, y: number, dotY: number | null) {
  return { series, value, t, y, dotY, hasLeader: true, isHollow: false, note: "" };
}
