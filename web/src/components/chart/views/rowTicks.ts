/** Value ticks of rows: the peak, the baseline, and round values where there is room. */
import type { Rows } from "../rows";

const ROOM_PX = 14;
const BASELINE_FROM_PX = 40;
const FEW_ROWS = 7;

export interface Tick {
  readonly at: number;
  readonly text: string;
}

export function rowTicks(
  { rows, scale }: Rows,
  steps: readonly number[],
  place: (value: number) => number,
  text: (value: number) => string,
): readonly Tick[] {
  return rows.flatMap(({ base, height, peak }) => {
    const top = base + place(peak) * scale;
    const hasZero = height > BASELINE_FROM_PX && rows.length < FEW_ROWS;
    const ticks: Tick[] = [{ at: base, text: hasZero ? text(0) : "" }];
    let before = base;
    for (const value of steps) {
      const at = base + place(value) * scale;
      if (value >= peak || at - before <= ROOM_PX || top - at <= ROOM_PX - 1) continue;
      ticks.push({ at, text: text(value) });
      before = at;
    }
    return peak > 0 ? [...ticks, { at: top, text: text(peak) }] : ticks;
  });
}
