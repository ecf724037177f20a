import { lowerBound, sumBetween, tidy } from "@/lib/columns";
import { xOf } from "../plot";
import type { Reading, ReadingRow } from "../reading";
import type { Scene } from "../scene";
import type { ChartSeries } from "../types";
import { gapIn } from "./gap";

/** Requests at most this far from the nearest one are read together. */
const REACH_PX = 4;

/** Read the request nearest to an instant with those beside it; null without requests in sight. */
export function readRequests(scene: Scene, t: number): Reading | null {
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
    gap: gapIn(scene, nearest, nearest),
    isPartial: false,
    previous: null,
    usual: null,
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
