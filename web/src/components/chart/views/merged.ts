/** All series as one column, for the line of the total. */
import type { ChartSeries } from "../types";

interface Columns {
  readonly t: readonly number[];
  readonly v: readonly number[];
}

let held: { readonly series: readonly ChartSeries[]; readonly columns: Columns } | null = null;

/** Merge by time. The last result is kept: a zoom does not sort the rows again. */
export function mergedColumns(series: readonly ChartSeries[]): Columns {
  if (held && isSame(held.series, series)) return held.columns;
  const count = series.reduce((sum, { t }) => sum + t.length, 0);
  const t = new Array<number>(count);
  const v = new Array<number>(count);
  const next = series.map(() => 0);
  for (let at = 0; at < count; at += 1) {
    const first = earliest(series, next);
    const row = next[first] ?? 0;
    t[at] = series[first]?.t[row] ?? 0;
    v[at] = series[first]?.v[row] ?? 0;
    next[first] = row + 1;
  }
  held = { series, columns: { t, v } };
  return held.columns;
}

function earliest(series: readonly ChartSeries[], next: readonly number[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  series.forEach(({ t }, at) => {
    const time = t[next[at] ?? 0];
    if (time === undefined || time >= least) return;
    best = at;
    least = time;
  });
  return best;
}

function isSame(one: readonly ChartSeries[], other: readonly ChartSeries[]): boolean {
  return one.length === other.length && one.every((series, at) => series.v === other[at]?.v);
}
