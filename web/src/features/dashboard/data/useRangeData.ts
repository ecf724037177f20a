/** The range for the parts that show it by its days and hours. */
import { useMemo } from "react";
import { api } from "@/api/client";
import type { RangeData } from "@/api/rangeData";
import { useFormat } from "@/i18n";
import { hasDays, spanOf } from "@/lib/range";
import { HOUR_MS, SECOND_MS } from "@/lib/time";
import type { DashboardState } from "./useDashboard";
import type { Hidden } from "./useHidden";
import { usePastUsage } from "./usePastUsage";

const HOUR_S = HOUR_MS / SECOND_MS;

/** Undefined before the first answer, and for ranges without days. */
export function useRangeData(state: DashboardState, hidden: Hidden): RangeData | undefined {
  const { range, usage, past, gaps } = state;
  const { zone } = useFormat();
  const isWanted = usage !== undefined && hasDays(range);
  // The sums of a very long range are of whole days.
  const isCoarse = isWanted && (usage.bucket_s ?? 0) > HOUR_S;
  const { from, to } = spanOf(range, past.to);
  const by = usage?.by ?? "model";
  const hours = usePastUsage(
    { from, to },
    `hours ${by} ${zone}`,
    (signal) =>
      api.usage({ from: `${from}`, to: `${to}`, bucket: `${HOUR_S}`, by, tz: zone }, signal),
    isCoarse,
  );
  const source = isCoarse ? hours : usage;
  const { models, toggle } = hidden;
  return useMemo(() => {
    if (!isWanted || !source) return undefined;
    return { usage: source, span: { from, to }, past, gaps, hidden: models, onToggle: toggle };
  }, [isWanted, source, from, to, past, gaps, models, toggle]);
}
