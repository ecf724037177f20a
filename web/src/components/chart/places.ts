/** The places of stretches of time on the plot, in px. */
import { xOf } from "./plot";
import type { Scene } from "./scene";
import type { ChartGap, Window } from "./types";

/** Width of the shortest stretch that is drawn. */
const LEAST_PX = 4;

export interface Place {
  readonly left: number;
  readonly right: number;
}

/** The visible part of a stretch; null where it is out of sight. */
export function placeOf({ plot, sight }: Scene, { from, to }: Window): Place | null {
  if (to <= sight.from || from >= sight.to) return null;
  const left = Math.max(plot.left, xOf(plot, sight, from));
  const right = Math.max(left + LEAST_PX, xOf(plot, sight, to));
  return { left, right: Math.min(plot.right, right) };
}

export function gapPlaces(scene: Scene): readonly (Place & { readonly gap: ChartGap })[] {
  return scene.input.chart.gaps.flatMap((gap) => {
    const place = placeOf(scene, gap);
    return place ? [{ gap, ...place }] : [];
  });
}
