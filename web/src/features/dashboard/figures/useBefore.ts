/** The use in the span that the range is compared with. */
import { api } from "@/api/client";
import { useFormat } from "@/i18n";
import type { Range } from "@/lib/range";
import { DAY_MS, MINUTE_MS } from "@/lib/time";
import { bucketFor, countedSpan } from "../data/buckets";
import { coveredShare } from "../data/gaps";
import { creditsIn } from "../data/stats";
import type { DashboardState } from "../data/useDashboard";
import { usePastUsage } from "../data/usePastUsage";

/** With less than this of the span known, a comparison would mislead. */
const KNOWN_SHARE = 0.98;

interface Before {
  readonly credits: number;
  readonly isKnown: boolean;
}

/** Null while it is not known yet. What slides out of the range slides into the span before. */
export function useBefore(state: DashboardState): Before | null {
  const { range, usage, window, before: span, counted, isLoading } = state;
  const { zone } = useFormat();
  const to = usage?.from ?? 0;
  const from = Math.max(0, to - (window.from - span.from));
  const isAsked = usage !== undefined && !isLoading && to > 0;
  const bucket = String(bucketOf(range, span.to - span.from) / 1000);
  const data = usePastUsage(
    { from, to },
    `${bucket} ${zone}`,
    (signal) => api.usage({ from: String(from), to: String(to), bucket, tz: zone }, signal),
    isAsked,
  );
  if (!usage || !data) return null;
  const whole = countedSpan(data.bucket_s, span, zone);
  const gaps = [...data.gaps, ...usage.gaps];
  const until = Math.min(whole.to, counted.from);
  return {
    credits: creditsIn(data.series, whole) + creditsIn(usage.series, { ...whole, to: until }),
    isKnown: coveredShare(gaps, span) >= KNOWN_SHARE,
  };
}

/** Days are compared up to the time of day, so the last bucket must be short. */
function bucketOf(range: Range, lengthMs: number): number {
  if (range.kind !== "days") return bucketFor(lengthMs);
  return lengthMs > DAY_MS ? 15 * MINUTE_MS : MINUTE_MS;
}
