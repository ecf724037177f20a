/** What is drawn, out of a curve: the view's columns for each model that is not hidden. */

import type { Difference, Gap, Series, Usage } from "@/api/types";
import type { Chart, ChartView, Line } from "@/components/chart/types";
import { lowerBound } from "@/lib/columns";
import type { ModelLooks } from "@/lib/modelLooks";
import type { Span } from "@/lib/range";
import { HOUR_MS, SECOND_MS } from "@/lib/time";
import { bucketed, bucketFor, type Columns, countedSpan, remembered, running } from "./buckets";

export interface Sight {
  readonly usage: Usage;
  readonly gaps: readonly Gap[];
  readonly differences: readonly Difference[];
  readonly window: Span;
  readonly view: ChartView;
  readonly zone: string;
  readonly theme: "light" | "dark";
  readonly looks: ModelLooks;
  readonly hidden: ReadonlySet<string>;
}

const inBuckets = remembered((series, mark): Columns => {
  const [size = "0", zone = "UTC"] = mark.split(" ");
  return bucketed(series, Number(size), zone);
});

const summed = remembered((series, mark): Columns => {
  const from = series.t[Number(mark)];
  return from === undefined ? { t: [], v: [] } : running(series, from);
});

/** The bucket of the view of intervals; the server's own where it has sent sums. */
export function bucketOf(usage: Usage, { from, to }: Span): number {
  return bucketFor(to - from, (usage.bucket_s ?? 0) * SECOND_MS);
}

function columnsOf(series: Series, { usage, window, view, zone }: Sight): Columns {
  if (view === "interval") return inBuckets(series, `${bucketOf(usage, window)} ${zone}`);
  if (view === "total")
    return summed(series, String(lowerBound(series.t, firstOf(usage, window, zone))));
  return series;
}

/** Where the first point of the range may stand. */
function firstOf({ bucket_s }: Usage, window: Span, zone: string): number {
  return countedSpan(bucket_s, window, zone).from;
}

export function chartOf(sight: Sight): Chart {
  const { usage, gaps, differences, window, view, zone, theme, looks, hidden } = sight;
  const first = firstOf(usage, window, zone);
  const lines = usage.series
    .filter(({ key, t }) => !hidden.has(key) && (t.at(-1) ?? 0) >= first)
    .map((series): Line => {
      const { dash } = looks.lookOf(series.key);
      const color = looks.colorOf(series.key, theme);
      const { t, v } = columnsOf(series, sight);
      return { key: series.key, color, dash, t, v };
    });
  const sums = usage.bucket_s === null ? null : usage.bucket_s * SECOND_MS;
  return {
    view,
    lines,
    gaps,
    differences: differences.map(({ t, ours, theirs }) => ({
      from: t,
      to: t + HOUR_MS,
      ours,
      theirs,
    })),
    window,
    bucketMs: view === "interval" ? bucketOf(usage, window) : view === "requests" ? sums : null,
  };
}

/** The drawn points within the window: what a description of the chart speaks of. */
export function drawnIn({ lines, window }: Chart) {
  let points = 0;
  let last: { readonly t: number; readonly v: number } | null = null;
  for (const { t, v } of lines) {
    const end = lowerBound(t, window.to);
    points += end - lowerBound(t, window.from);
    const time = t[end - 1];
    if (time !== undefined && time >= window.from && time >= (last?.t ?? 0)) {
      last = { t: time, v: v[end - 1] ?? 0 };
    }
  }
  return { points, lines: lines.length, last };
}
