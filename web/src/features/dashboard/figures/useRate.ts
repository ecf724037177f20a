/** Credits per hour, over the last 15 minutes. */
import { useNow } from "@/hooks/useNow";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "@/lib/time";
import { creditsIn } from "../data/stats";
import type { DashboardState } from "../data/useDashboard";
import { useUsage } from "../data/useUsage";

const SPAN_MS = 15 * MINUTE_MS;
const LAST_HOUR = { kind: "last", hours: 1 } as const;

/** Null while it is not known yet. */
export function useRate({ range, usage }: DashboardState): number | null {
  const isEnough = range.kind === "last" && usage?.bucket_s === null;
  const lastHour = useUsage(LAST_HOUR, usage !== undefined && !isEnough);
  const now = useNow(5 * SECOND_MS);
  const recent = isEnough ? usage : lastHour.data;
  if (!recent) return null;
  const latest = Math.max(now, ...recent.series.map(({ t }) => (t.at(-1) ?? 0) + 1));
  return (creditsIn(recent.series, { from: latest - SPAN_MS, to: latest }) * HOUR_MS) / SPAN_MS;
}
