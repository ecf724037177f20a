/** The values at the crosshair. */
import { timeAt } from "./plot";
import { readInterval } from "./readings/interval";
import { readRequests } from "./readings/requests";
import { readTotal } from "./readings/total";
import type { Scene } from "./scene";
import type { ChartGap, ChartSeries, UsualRange } from "./types";

export interface ReadingRow {
  readonly series: ChartSeries;
  /** Null: no request here, or unknown. */
  readonly value: number | null;
  readonly requests: number;
  readonly highest: number;
  /** The point to mark; null for none. */
  readonly point: { readonly x: number; readonly y: number } | null;
}

export interface Reading {
  readonly x: number;
  readonly from: number;
  /** The end of the interval, or of the requests read together. */
  readonly to: number;
  /** Width of the interval in px; 0 elsewhere. */
  readonly width: number;
  readonly rows: readonly ReadingRow[];
  readonly total: number;
  /** The number of requests; null where it does not matter. */
  readonly requests: number | null;
  readonly gap: ChartGap["kind"] | null;
  readonly isPartial: boolean;
  /** The total of the previous span here, and the usual one; null where unknown. */
  readonly previous: number | null;
  readonly usual: UsualRange | null;
}

/** The reading at a place of the plot; null outside the data. */
export function readAt(scene: Scene, x: number): Reading | null {
  const { plot, sight, intervals, input } = scene;
  const t = timeAt(plot, sight, Math.min(Math.max(x, plot.left), plot.right));
  if (intervals) return readInterval(scene, intervals, t);
  return input.chart.view === "total" ? readTotal(scene, t) : readRequests(scene, t);
}

/** The rows with a value, highest first. */
export function rankedRows({ rows }: Reading): readonly ReadingRow[] {
  return rows
    .filter(({ value }) => value !== null)
    .toSorted((one, other) => (other.value ?? 0) - (one.value ?? 0));
}
