/** The values at the crosshair, and the places that it stops at. */
import { lowerBound, sumBetween, tidy } from "@/lib/columns";
import { type Intervals, valueAt } from "./intervals";
import { timeAt, xOf } from "./plot";
import type { Scene } from "./scene";
import { sumIn } from "./steps";
import type { ChartGap, ChartSeries } from "./types";

/** Requests at most this far from the nearest one are read together. */
const REACH_PX = 4;

export interface ReadingRow {
  readonly series: ChartSeries;
  /** Null: no request here, or unknown. */
  readonly value: number | null;
  readonly requests: number;
  readonly highest: number;
  /** The point to mark; null for none. */
  readonly point: { readonly x: number; readonly y: number } | null;
}

export interface Reading {
  readonly x: number;
  readonly from: number;
  /** The end of the interval, or of the requests read together. */
  readonly to: number;
  /** Width of the interval in px; 0 elsewhere. */
  readonly width: number;
  readonly rows: readonly ReadingRow[];
  readonly total: number;
  /** The number of requests; null where it does not matter. */
  readonly requests: number | null;
  readonly gap: ChartGap["kind"] | null;
  readonly isPartial: boolean;
}

/** The reading at a place of the plot; null outside the data. */
export function readAt(scene: Scene, x: number): Reading | null {
  const { plot, sight, intervals, input } = scene;
  const t = timeAt(plot, sight, Math.min(Math.max(x, plot.left), plot.right));
  if (intervals) return readInterval(scene, intervals, t);
  return input.chart.view === "total" ? readTotal(scene, t) : readRequests(scene, t);
}

function gapAt({ input }: Scene, t: number): ChartGap["kind"] | null {
  return input.chart.gaps.find(({ from, to }) => from < t && t < to)?.kind ?? null;
}

function readInterval(scene: Scene, intervals: Intervals, t: number): Reading {
  const { plot, sight, input, form } = scene;
  const last = intervals.middles.length - 1;
  const at = Math.min(Math.max(lowerBound(intervals.edges, t + 1) - 1, 0), last);
  const [from = t, to = t] = [intervals.edges[at], intervals.edges[at + 1]];
  const x = xOf(plot, sight, intervals.middles[at] ?? t);
  const rows = input.chart.series.map((series, index): ReadingRow => {
    const sums = intervals.series[index];
    const value = sums ? valueAt(sums.v, intervals, at) : null;
    const isMarked = form !== "bars" && (value ?? 0) > 0;
    return {
      series,
      value,
      requests: sums?.n[at] ?? 0,
      highest: value ?? 0,
      point: isMarked ? { x, y: scene.y(index, value ?? 0) } : null,
    };
  });
  return {
    x,
    from,
    to,
    width: ((to - from) / (sight.to - sight.from)) * plot.width,
    rows,
    total: intervals.total[at] ?? 0,
    requests: null,
    gap: intervals.hasGap[at] ? overlapKind(scene, from, to) : null,
    isPartial: intervals.isWhole[at] === false,
  };
}

function overlapKind({ input }: Scene, from: number, to: number): ChartGap["kind"] | null {
  return input.chart.gaps.find((gap) => gap.from < to && gap.to > from)?.kind ?? null;
}

function readTotal(scene: Scene, t: number): Reading {
  const { plot, sight, input } = scene;
  const x = xOf(plot, sight, t);
  const gap = gapAt(scene, t);
  const rows = input.chart.series.map((series, index): ReadingRow => {
    const value = sumIn(series, sight.from, t + 1);
    const point = gap ? null : { x, y: scene.y(index, value) };
    return { series, value, requests: 0, highest: value, point };
  });
  const total = tidy(rows.reduce((sum, { value }) => sum + (value ?? 0), 0));
  return { x, from: t, to: t, width: 0, rows, total, requests: null, gap, isPartial: false };
}

function readRequests(scene: Scene, t: number): Reading | null {
  const { plot, sight, input } = scene;
  const nearest = nearestRequest(scene, t);
  if (nearest === null) return null;
  const reach = (REACH_PX / plot.width) * (sight.to - sight.from);
  const rows = input.chart.series.map((series, index) =>
    rowOf(scene, series, index, nearest - reach, nearest + reach),
  );
  const times = rows.flatMap(({ series }) => {
    const start = lowerBound(series.t, nearest - reach);
    const end = lowerBound(series.t, nearest + reach + 1);
    return end > start ? [series.t[start] ?? nearest, series.t[end - 1] ?? nearest] : [];
  });
  return {
    x: xOf(plot, sight, nearest),
    from: Math.min(nearest, ...times),
    to: Math.max(nearest, ...times),
    width: 0,
    rows,
    total: tidy(rows.reduce((sum, { value }) => sum + (value ?? 0), 0)),
    requests: rows.reduce((sum, row) => sum + row.requests, 0),
    gap: gapAt(scene, nearest),
    isPartial: false,
  };
}

function rowOf(
  scene: Scene,
  series: ChartSeries,
  index: number,
  from: number,
  to: number,
): ReadingRow {
  const start = lowerBound(series.t, from);
  const end = lowerBound(series.t, to + 1);
  if (end <= start) return { series, value: null, requests: 0, highest: 0, point: null };
  let best = start;
  for (let at = start; at < end; at += 1) {
    if ((series.v[at] ?? 0) > (series.v[best] ?? 0)) best = at;
  }
  const highest = series.v[best] ?? 0;
  const x = xOf(scene.plot, scene.sight, series.t[best] ?? 0);
  return {
    series,
    value: sumBetween(series.v, start, end),
    requests: end - start,
    highest,
    point: { x, y: scene.y(index, highest) },
  };
}

function nearestRequest({ input, sight }: Scene, t: number): number | null {
  let nearest: number | null = null;
  for (const { t: times } of input.chart.series) {
    const at = lowerBound(times, t);
    for (const candidate of [times[at - 1], times[at]]) {
      if (candidate === undefined || candidate < sight.from || candidate > sight.to) continue;
      if (nearest === null || Math.abs(candidate - t) < Math.abs(nearest - t)) nearest = candidate;
    }
  }
  return nearest;
}

/** The next stop of the crosshair after (`1`) or before (`-1`) a reading, as x; null at the end. */
export function nextStop(scene: Scene, reading: Reading | null, direction: 1 | -1): number | null {
  const { plot, sight, intervals } = scene;
  if (intervals) {
    const { middles } = intervals;
    const middle = reading ? (reading.from + reading.to) / 2 : null;
    const at = middle === null ? -1 : lowerBound(middles, middle);
    const next = middle === null ? (direction > 0 ? 0 : middles.length - 1) : at + direction;
    const t = middles[next];
    return t === undefined || t < sight.from || t > sight.to ? null : xOf(plot, sight, t);
  }
  const t = nextRequest(scene, reading, direction);
  return t === null ? null : xOf(plot, sight, t);
}

function nextRequest(
  { input, sight }: Scene,
  reading: Reading | null,
  direction: 1 | -1,
): number | null {
  const after = reading?.to ?? sight.from - 1;
  const before = reading?.from ?? sight.to + 1;
  const candidates = input.chart.series.flatMap(({ t }) => {
    const at = direction > 0 ? lowerBound(t, after + 1) : lowerBound(t, before) - 1;
    const time = t[at];
    return time !== undefined && time >= sight.from && time <= sight.to ? [time] : [];
  });
  if (candidates.length === 0) return null;
  return direction > 0 ? Math.min(...candidates) : Math.max(...candidates);
}

/** The rows with a value, highest first. */
export function rankedRows({ rows }: Reading): readonly ReadingRow[] {
  return rows
    .filter(({ value }) => value !== null)
    .toSorted((one, other) => (other.value ?? 0) - (one.value ?? 0));
}
