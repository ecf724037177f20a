/** The place of the plot within the chart, and the arithmetic between values and pixels. */
import type { Window } from "./types";

/** Under this width: no labels beside the plot, no floating tooltip. */
const NARROW_PX = 700;
const LETTER_PX = 6.6;
const LEAST_RAIL_PX = 118;
/** Swatch, space, value and age in the column of labels. */
const RAIL_EXTRA_PX = 104;
const AXIS_GAP_PX = 14;
/** Half of a time below the right end. */
const NARROW_RIGHT_PX = 16;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Plot extends Size {
  readonly isNarrow: boolean;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Width of the column of labels beside the plot; 0 on narrow charts. */
  readonly rail: number;
}

export interface PlotInput {
  readonly size: Size;
  readonly hasRows: boolean;
  readonly names: readonly string[];
  /** The longest text of the value axis. */
  readonly tick: string;
}

export function isNarrow(width: number): boolean {
  return width < NARROW_PX;
}

export function plotOf({ size, hasRows, names, tick }: PlotInput): Plot {
  const narrow = isNarrow(size.width);
  const rail = narrow
    ? 0
    : Math.max(LEAST_RAIL_PX, ...names.map((name) => RAIL_EXTRA_PX + name.length * LETTER_PX));
  const axis = Math.max(narrow ? 34 : 46, Math.ceil(tick.length * LETTER_PX) + AXIS_GAP_PX);
  const left = narrow && hasRows ? 4 : axis;
  const right = size.width - (narrow ? NARROW_RIGHT_PX : rail + 22);
  const top = narrow ? 22 : 26;
  const bottom = size.height - 26;
  return {
    isNarrow: narrow,
    left,
    top,
    right,
    bottom,
    width: Math.max(1, right - left),
    height: Math.max(1, bottom - top),
    rail,
  };
}

export function xOf(plot: Plot, sight: Window, t: number): number {
  return plot.left + ((t - sight.from) / (sight.to - sight.from)) * plot.width;
}

export function timeAt(plot: Plot, sight: Window, x: number): number {
  return sight.from + ((x - plot.left) / plot.width) * (sight.to - sight.from);
}
