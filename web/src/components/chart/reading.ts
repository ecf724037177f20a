/** What the crosshair reads at an instant: every line's value there, and the total. */
import { lowerBound, tidy } from "@/lib/columns";
import type { Chart, ChartGap, Window } from "./types";

export interface ReadingRow {
  readonly key: string;
  readonly color: string;
  /** Null where the line has no value yet, or where nothing is known. */
  readonly value: number | null;
  /** When the value was made, where that is not the instant that is read. */
  readonly since: number | null;
}

export interface ChartReading {
  readonly t: number;
  /** The end of the bucket, in the view of intervals. */
  readonly until: number | null;
  readonly rows: readonly ReadingRow[];
  /** Of the values at this very instant; of all lines in a running total. */
  readonly total: number | null;
  readonly gap: ChartGap["kind"] | null;
}

export function readAt(chart: Chart, t: number): ChartReading {
  const rows = chart.lines.map((line) => rowAt(chart, line, t));
  const counted = rows.filter((row) => row.value !== null && (row.since === null || isSum(chart)));
  const gap = chart.gaps.find(({ from, to }) => from < t && t < to)?.kind ?? null;
  return {
    t,
    until: chart.bucketMs === null ? null : t + chart.bucketMs,
    rows,
    total: counted.length ? tidy(counted.reduce((sum, row) => sum + (row.value ?? 0), 0)) : null,
    gap,
  };
}

function isSum(chart: Chart): boolean {
  return chart.view === "total";
}

function rowAt(chart: Chart, line: Chart["lines"][number], t: number): ReadingRow {
  const { key, color } = line;
  const at = lowerBound(line.t, t + 1) - 1;
  const value = line.v[at];
  const since = line.t[at];
  const isInBucket = chart.bucketMs === null || since === t;
  if (value === undefined || since === undefined || !isInBucket) {
    return { key, color, value: null, since: null };
  }
  return { key, color, value, since: since === t ? null : since };
}

/** The point nearest to an instant, of whatever line. */
export function nearestPoint(chart: Chart, t: number): number | null {
  let nearest: number | null = null;
  for (const { t: times } of chart.lines) {
    const at = lowerBound(times, t);
    for (const candidate of [times[at - 1], times[at]]) {
      if (candidate === undefined) continue;
      if (nearest === null || Math.abs(candidate - t) < Math.abs(nearest - t)) nearest = candidate;
    }
  }
  return nearest;
}

/** The next point after (`1`) or before (`-1`) an instant, of whatever line, that is in sight. */
export function neighbourOf(
  chart: Chart,
  { from, to }: Window,
  t: number,
  direction: 1 | -1,
): number | null {
  const candidates = chart.lines
    .map(({ t: times }) =>
      direction > 0 ? times[lowerBound(times, t + 1)] : times[lowerBound(times, t) - 1],
    )
    .filter((candidate) => candidate !== undefined && candidate >= from && candidate <= to);
  const sorted = candidates.toSorted((one, other) => (one ?? 0) - (other ?? 0));
  return (direction > 0 ? sorted[0] : sorted.at(-1)) ?? null;
}
