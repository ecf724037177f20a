/** Lanes of labels: a label goes to the first lane where it touches no other. */
export interface Extent {
  readonly left: number;
  readonly right: number;
}

export const LANE_PX = 20;
const MOST_LANES = 3;

/** Return how many lanes a plot of this height has: they cover at most a quarter of it. */
export function lanesIn(height: number): number {
  return Math.max(1, Math.min(MOST_LANES, Math.floor(height / 4 / LANE_PX)));
}

/** Return the lane of each label, in their order; null where all lanes are taken. */
export function lanesOf(
  labels: readonly Extent[],
  taken: readonly Extent[],
  most: number,
): readonly (number | null)[] {
  const lanes = Array.from({ length: most }, () => [...taken]);
  return labels.map((label) => {
    const at = lanes.findIndex((lane) => lane.every((other) => areApart(label, other)));
    lanes[at]?.push(label);
    return at < 0 ? null : at;
  });
}

function areApart(one: Extent, other: Extent): boolean {
  return one.right <= other.left || other.right <= one.left;
}

/** Return the places that are at least `gap` px after the one before that is kept. */
export function apart<T extends { readonly left: number }>(
  places: readonly T[],
  gap: number,
): readonly T[] {
  let last = Number.NEGATIVE_INFINITY;
  return places.filter(({ left }) => {
    if (left - last < gap) return false;
    last = left;
    return true;
  });
}
