/** The places at which the crosshair stops when it moves by keys. */
import { lowerBound } from "@/lib/columns";
import { xOf } from "./plot";
import type { Reading } from "./reading";
import type { Scene } from "./scene";

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
