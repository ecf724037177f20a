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

/** Undefined while unknown. What slides out of the range slides into the previous span. */
export function usePrevious(state: DashboardState, isWanted = true): Previous | undefined {
  const { range, usage, window, before: span, isLoading } = state;
  const { zone } = useFormat();
  const by = usage?.by ?? "model";
  const to = usage?.from ?? 0;
  const from = Math.max(0, to - (window.from - span.from));
  const isAsked = isWanted && usage !== undefined && !isLoading && to > 0;
  const bucket = String(bucketOf(range, span.to - span.from) / 1000);
  const data = usePastUsage(
    { from, to },
    `${bucket} ${by} ${zone}`,
    (signal) => api.usage({ from: String(from), to: String(to), bucket, by, tz: zone }, signal),
    isAsked,
  );
  return useMemo(() => data && { usage: data, asked: { from, to } }, [data, from, to]);
}

/** Days are compared up to the time of day, so the last bucket must be short. */
function bucketOf(range: Range, lengthMs: number): number {
  if (range.kind !== "days") return bucketFor(lengthMs);
  return lengthMs > DAY_MS ? 15 * MINUTE_MS : MINUTE_MS;
}
