/** The use in the span of equal length before the range. */
import { api } from "@/api/client";
import { useFormat } from "@/i18n";
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
export function useBefore({ usage, window, counted, isLoading }: DashboardState): Before | null {
  const { zone } = useFormat();
  const to = usage?.from ?? 0;
  const length = window.to - window.from;
  const from = Math.max(0, to - length);
  const isAsked = usage !== undefined && !isLoading && to > 0;
  const bucket = String(bucketFor(length) / 1000);
  const data = usePastUsage(
    { from, to },
    `${bucket} ${zone}`,
    (signal) => api.usage({ from: String(from), to: String(to), bucket, tz: zone }, signal),
    isAsked,
  );
  if (!usage || !data) return null;
  const span = { from: window.from - length, to: window.from };
  const whole = countedSpan(data.bucket_s, span, zone);
  const gaps = [...data.gaps, ...usage.gaps];
  return {
    credits:
      creditsIn(data.series, whole) + creditsIn(usage.series, { ...whole, to: counted.from }),
    isKnown: coveredShare(gaps, span) >= KNOWN_SHARE,
  };
}
