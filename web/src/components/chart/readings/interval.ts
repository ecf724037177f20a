import { lowerBound } from "@/lib/columns";
import { type Intervals, valueAt } from "../intervals";
import { xOf } from "../plot";
import type { Reading, ReadingRow } from "../reading";
import type { Scene } from "../scene";
import { gapIn } from "./gap";

/** Read the interval that contains an instant. */
export function readInterval(scene: Scene, intervals: Intervals, t: number): Reading {
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
    gap: intervals.hasGap[at] ? gapIn(scene, from, to) : null,
    isPartial: intervals.isWhole[at] === false,
    previous: scene.comparison?.previous[at]?.[1] ?? null,
    usual: scene.comparison?.usual[at]?.[1] ?? null,
  };
}
