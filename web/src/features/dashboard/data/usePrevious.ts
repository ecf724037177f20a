/** The curve of the span that the range is compared with. */
import { useMemo } from "react";
import { api } from "@/api/client";
import type { Usage } from "@/api/types";
import { useFormat } from "@/i18n";
import type { Range, Span } from "@/lib/range";
import { DAY_MS, MINUTE_MS } from "@/lib/time";
import { bucketFor } from "./buckets";
import type { DashboardState } from "./useDashboard";
import { usePastUsage } from "./usePastUsage";

interface Previous {
  readonly usage: Usage;
  /** The span that was asked for: it ends where the range's own curve began when it was fetched. */
  readonly asked: Span;
}

interface Wanted {
  readonly isWanted?: boolean;
  /** The visible part of the range, if only its comparison is wanted. */
  readonly zoom?: Span | null;
}

/** Undefined while unknown. What slides out of the range slides into the previous span. */
export function usePrevious(
  state: DashboardState,
  { isWanted = true, zoom = null }: Wanted = {},
): Previous | undefined {
  const { range, usage, window, before: span, isLoading } = state;
  const { zone } = useFormat();
  const by = usage?.by ?? "model";
  const shift = window.from - span.from;
  const { from, to } = askedSpan(usage?.from ?? 0, shift, zoom);
  const isAsked = isWanted && usage !== undefined && !isLoading && to > from;
  const bucket = String(
    (zoom ? bucketFor(zoom.to - zoom.from) : bucketOf(range, span.to - span.from)) / 1000,
  );
  const data = usePastUsage(
    { from, to },
    `${bucket} ${by} ${zone}`,
    (signal) => api.usage({ from: String(from), to: String(to), bucket, by, tz: zone }, signal),
    isAsked,
  );
  return useMemo(() => data && { usage: data, asked: { from, to } }, [data, from, to]);
}

/** The share of a zoom by which more is asked for on both sides: its first interval begins earlier. */
const MARGIN = 0.1;

/** The time before the range; of a zoom, what is as far into it. */
function askedSpan(end: number, shift: number, zoom: Span | null): Span {
  if (!zoom) return { from: Math.max(0, end - shift), to: end };
  const margin = Math.round((zoom.to - zoom.from) * MARGIN);
  const from = Math.max(0, zoom.from - shift - margin);
  return { from, to: Math.min(end, zoom.to - shift + margin) };
}

/** Days are compared up to the time of day, so the last bucket must be short. */
function bucketOf(range: Range, lengthMs: number): number {
  if (range.kind !== "days") return bucketFor(lengthMs);
  return lengthMs > DAY_MS ? 15 * MINUTE_MS : MINUTE_MS;
}
