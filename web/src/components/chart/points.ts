/** Lines as the chart takes them: flat columns of time and value, broken where nothing is known. */
import { lowerBound } from "@/lib/columns";
import type { Points } from "./thin";
import type { ChartGap } from "./types";

/**
 * Time and value in turns. Where a gap lies between two points of the line, a point without a
 * value stands in between, so that the line does not cross it.
 */
export function pointsOf({ t, v }: Points, gaps: readonly ChartGap[]): Float64Array {
  const breaks = breaksOf(t, gaps);
  const points = new Float64Array(2 * (t.length + breaks.length));
  let written = 0;
  let next = 0;
  for (let at = 0; at < t.length; at += 1) {
    const gap = breaks[next];
    if (gap !== undefined && gap.before === at) {
      points[written] = gap.t;
      points[written + 1] = Number.NaN;
      written += 2;
      next += 1;
    }
    points[written] = t[at] ?? Number.NaN;
    points[written + 1] = v[at] ?? Number.NaN;
    written += 2;
  }
  return points;
}

interface Break {
  /** The place of the point before which the line is broken. */
  readonly before: number;
  readonly t: number;
}

/** A break before every point that a gap, or part of one, separates from the point before it. */
function breaksOf(times: readonly number[], gaps: readonly ChartGap[]): readonly Break[] {
  const breaks: Break[] = [];
  for (const { from, to } of gaps) {
    for (let at = Math.max(1, lowerBound(times, from + 1)); at < times.length; at += 1) {
      const left = times[at - 1] ?? 0;
      if (left >= to) break;
      if ((breaks.at(-1)?.before ?? 0) < at) breaks.push({ before: at, t: Math.max(left, from) });
    }
  }
  return breaks;
}
