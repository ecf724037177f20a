/** One state of the chart, computed from its input: everything that canvas and overlays draw. */
import type { ChartColors } from "./colors";
import type { Comparison } from "./comparison";
import { formOf, sightOf } from "./form";
import { mergedGaps } from "./gaps";
import type { Intervals } from "./intervals";
import type { Plot, Size } from "./plot";
import type { Rows } from "./rows";
import type { Series } from "./strokes";
import type { Chart, ChartForm, ChartSeries, ChartTexts, SeriesName, Window } from "./types";
import { intervalScene } from "./views/interval";
import { requestsScene } from "./views/requests";
import { totalScene } from "./views/total";

export interface SceneInput {
  readonly chart: Chart;
  readonly zoom: Window | null;
  readonly size: Size;
  readonly texts: ChartTexts;
  readonly colors: ChartColors;
  /** The series under the pointer in a legend; the others are dimmed. */
  readonly focus: string | null;
  readonly pixelRatio: number;
}

/** The value at the end of a series, with its label. */
export interface End {
  readonly series: SeriesName | null;
  /** Null: no value in sight. */
  readonly value: number | null;
  readonly t: number;
  /** The wanted place of the label. */
  readonly y: number;
  /** The dot at the end of the line, or null. */
  readonly dotY: number | null;
  readonly hasLeader: boolean;
  readonly isHollow: boolean;
  /** What follows the value: how long ago, or when. */
  readonly note: string;
}

export interface Scene {
  readonly input: SceneInput;
  readonly form: ChartForm;
  readonly plot: Plot;
  /** The span of the time axis. */
  readonly sight: Window;
  readonly gaps: readonly Window[];
  readonly axisMax: number;
  /** Grid lines in axis units, with their texts. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly rows: Rows | null;
  readonly intervals: Intervals | null;
  readonly comparison: Comparison | null;
  readonly series: readonly Series[];
  readonly ends: readonly End[];
  readonly endsTitle: string;
  readonly unit: string;
  /** The y of a value of the series at `at`, in px. */
  readonly y: (at: number, value: number) => number;
}

/** The input of the views. */
export interface ViewInput extends SceneInput {
  readonly form: ChartForm;
  readonly sight: Window;
  readonly gaps: readonly Window[];
}

export function sceneOf(input: SceneInput): Scene {
  const { chart, zoom, size } = input;
  const sight = sightOf(input);
  const form = formOf(chart, zoom, size.width);
  const view: ViewInput = { ...input, form, sight, gaps: mergedGaps(chart.gaps, chart.window) };
  if (chart.view === "interval") return intervalScene(view);
  return chart.view === "total" ? totalScene(view) : requestsScene(view);
}

export function isDimmed(input: SceneInput, key: string | null): boolean {
  return input.focus !== null && input.focus !== key;
}

export function namesOf(series: readonly ChartSeries[], total: string): readonly string[] {
  return series.length > 1 ? [...series.map(({ name }) => name), total] : series.map((s) => s.name);
}
