/** The part of the curve that shows an episode with some time around it. */
import type { Span } from "@/lib/range";
import { MINUTE_MS } from "@/lib/time";

const LEAST_MARGIN_MS = 15 * MINUTE_MS;

export function curveAround({ from, to }: Span): Span {
  const margin = Math.max(LEAST_MARGIN_MS, (to - from) / 2);
  return { from: Math.round(from - margin), to: Math.round(to + margin) };
}
