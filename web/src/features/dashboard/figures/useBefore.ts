/** The use in the span that the range is compared with. */
import { useFormat } from "@/i18n";
import { isComparable } from "@/lib/covered";
import { countedSpan } from "../data/buckets";
import { creditsIn } from "../data/stats";
import type { DashboardState } from "../data/useDashboard";
import { usePrevious } from "../data/usePrevious";

interface Before {
  readonly credits: number;
  readonly isKnown: boolean;
}

/** Null while it is not known yet. */
export function useBefore(state: DashboardState): Before | null {
  const { usage, before: span, counted } = state;
  const { zone } = useFormat();
  const previous = usePrevious(state);
  if (!usage || !previous) return null;
  const data = previous.usage;
  const whole = countedSpan(data.bucket_s, span, zone);
  const gaps = [...data.gaps, ...usage.gaps];
  const until = Math.min(whole.to, counted.from);
  return {
    credits: creditsIn(data.series, whole) + creditsIn(usage.series, { ...whole, to: until }),
    isKnown: isComparable(gaps, span),
  };
}
