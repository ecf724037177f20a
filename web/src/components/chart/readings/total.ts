import { tidy } from "@/lib/columns";
import { xOf } from "../plot";
import type { Reading, ReadingRow } from "../reading";
import type { Scene } from "../scene";
import { sumIn } from "../steps";
import { gapIn } from "./gap";

/** Read the running totals at an instant. */
export function readTotal(scene: Scene, t: number): Reading {
  const { plot, sight, input } = scene;
  const x = xOf(plot, sight, t);
  const gap = gapIn(scene, t, t);
  const rows = input.chart.series.map((series, index): ReadingRow => {
    const value = sumIn(series, sight.from, t + 1);
    const point = gap ? null : { x, y: scene.y(index, value) };
    return { series, value, requests: 0, highest: value, point };
  });
  const total = tidy(rows.reduce((sum, { value }) => sum + (value ?? 0), 0));
  const previous = previousAt(scene, t);
  const rest = { width: 0, requests: null, isPartial: false, usual: null };
  return { ...rest, x, from: t, to: t, rows, total, gap, previous };
}

/** The step that leads up to an instant; null within a break. */
function previousAt({ comparison }: Scene, t: number): number | null {
  const points = comparison?.previous ?? [];
  const next = points.findIndex((point) => point !== null && point[0] > t);
  return points[(next < 0 ? points.length : next) - 1]?.[1] ?? null;
}
