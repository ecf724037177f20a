/** The span that is in sight: it moves with the time, in steps too small to be seen. */
import { useMemo } from "react";
import type { Usage } from "@/api/types";
import { useNow } from "@/hooks/useNow";
import { lengthOf, type Range, type Span, spanUpTo } from "@/lib/range";
import { MINUTE_MS, SECOND_MS } from "@/lib/time";

const MOST_PIXELS = 1_200;

/** Return the time of about a pixel: with each step the curve is drawn anew. */
function stepOf(range: Range): number {
  if (range.kind === "span") return MINUTE_MS;
  const step = lengthOf(range) / Math.min(innerWidth, MOST_PIXELS);
  return Math.ceil(Math.min(MINUTE_MS, Math.max(SECOND_MS, step)) / SECOND_MS) * SECOND_MS;
}

/** The span that is in sight, and what of it is past: its part up to now. */
export interface Sight {
  readonly window: Span;
  readonly past: Span;
}

export function useWindow(range: Range, usage: Usage | undefined): Sight {
  const now = useNow(stepOf(range));
  // The server's clock may be ahead of the browser's; its newest requests are shown as well.
  const latest = Math.max(0, ...(usage?.series.map(({ t }) => t.at(-1) ?? 0) ?? []));
  const present = range.kind === "span" ? now : Math.max(now, latest + 1);
  const { from, to } = spanUpTo(range, present);
  const until = Math.min(to, present);
  const window = useMemo(() => ({ from, to }), [from, to]);
  const past = useMemo(() => ({ from, to: until }), [from, until]);
  return { window, past };
}
