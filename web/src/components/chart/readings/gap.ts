import type { Scene } from "../scene";
import type { ChartGap } from "../types";

/** The kind of the gap that overlaps a span, or contains an instant; null for none. */
export function gapIn({ input }: Scene, from: number, to: number): ChartGap["kind"] | null {
  return input.chart.gaps.find((gap) => gap.from < to && gap.to > from)?.kind ?? null;
}
