/**
 * Rows by model: one scale for all rows, each row as high as its own peak, so that heights compare
 * and no space is empty.
 */
const LEAST_PX = 16;
const LEAST_NARROW_PX = 14;
/** Free space above each row: for the peak's value, on a phone for the name. */
const SPACE_PX = 16;
const SPACE_MANY_PX = 9;
const SPACE_NARROW_PX = 17;
/** The largest share of a row that is free. */
const MOST_SPACE = 0.55;
const MANY_ROWS = 6;
const PASSES = 6;

interface Row {
  /** Distance of the baseline from the plot's bottom, in px. */
  readonly base: number;
  readonly height: number;
  /** The highest value in sight. */
  readonly peak: number;
}

export interface Rows {
  readonly rows: readonly Row[];
  /** Pixels per axis unit, the same in all rows. */
  readonly scale: number;
}

/** Place rows from the top down. `place` maps a value to axis units. */
export function layRows(
  peaks: readonly number[],
  place: (value: number) => number,
  height: number,
  isNarrow: boolean,
): Rows {
  const room = height / Math.max(1, peaks.length);
  const usual = isNarrow ? SPACE_NARROW_PX : peaks.length > MANY_ROWS ? SPACE_MANY_PX : SPACE_PX;
  const space = Math.min(usual, room * MOST_SPACE);
  const least = Math.min(isNarrow ? LEAST_NARROW_PX : LEAST_PX, room - space);
  const sizes = peaks.map((peak) => place(Math.max(peak, 1)));
  const scale = scaleFor(sizes, height - space * peaks.length, least);
  const rows: Row[] = [];
  let bottom = 0;
  for (let at = peaks.length - 1; at >= 0; at -= 1) {
    const own = Math.max(least, (sizes[at] ?? 0) * scale);
    rows.unshift({ base: bottom, height: own, peak: peaks[at] ?? 0 });
    bottom += own + space;
  }
  return { rows, scale };
}

/** Rows below the least height get it; the others share the rest. */
function scaleFor(sizes: readonly number[], height: number, least: number): number {
  let scale = height / Math.max(1e-9, sum(sizes));
  for (let pass = 0; pass < PASSES; pass += 1) {
    const large = sizes.filter((size) => size * scale >= least);
    const rest = height - (sizes.length - large.length) * least;
    scale = Math.max(0, rest) / Math.max(1e-9, sum(large));
  }
  return scale;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
