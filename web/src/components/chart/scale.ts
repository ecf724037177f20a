/** The value axis: from zero to a round number above all that is in sight. */
import { lowerBound, tidy } from "@/lib/columns";
import type { Line, Window } from "./types";

export interface Scale {
  readonly max: number;
  readonly step: number;
}

const ROUND = [1, 2, 2.5, 4, 5, 10] as const;
const STEPS = 5;

/** A scale of three to five steps. Room for the highest value's label is in the grid. */
export function scaleFor(highest: number): Scale {
  if (!(highest > 0)) return { max: STEPS, step: 1 };
  const rough = highest / STEPS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (ROUND.find((round) => round * power >= rough) ?? 10) * power;
  return { max: tidy(Math.ceil(tidy(highest / step)) * step), step };
}

/** The highest value that a line reaches within the window, its ends at the edges included. */
export function highestIn(lines: readonly Line[], { from, to }: Window): number {
  let highest = 0;
  for (const { t, v } of lines) {
    const end = lowerBound(t, to);
    for (let at = lowerBound(t, from); at <= Math.min(end, t.length - 1); at += 1) {
      if ((t[at] ?? 0) <= to) highest = Math.max(highest, v[at] ?? 0);
    }
  }
  return highest;
}
