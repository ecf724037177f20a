/** One state of the drawing, and what several of its parts ask of it. */
import type { Chart, ChartColors, ChartTexts, Window } from "./types";

export interface Frame {
  readonly chart: Chart;
  /** What of the window is zoomed into; null for all of it. */
  readonly zoom: Window | null;
  readonly width: number;
  readonly colors: ChartColors;
  readonly texts: ChartTexts;
  readonly pattern: HTMLCanvasElement | null;
}

/** What is in sight. */
export function sightOf({ chart, zoom }: Pick<Frame, "chart" | "zoom">): Window {
  return zoom ?? chart.window;
}

/** Time (0) or value (1) of a point, as ECharts hands it back. */
export function partOf(value: unknown, place: 0 | 1): number {
  const part: unknown = Array.isArray(value) ? value[place] : undefined;
  return typeof part === "number" ? part : Number.NaN;
}
