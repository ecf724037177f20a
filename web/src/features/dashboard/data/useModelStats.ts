/** The table of models: from single requests, or from sums and the counts of the server. */
import { useMemo } from "react";
import type { Series } from "@/api/types";
import type { Span } from "@/lib/range";
import { type ModelStats, modelStats, modelUse, NO_COSTS } from "./stats";
import { type CostsByKey, useCosts } from "./useCosts";
import type { DashboardState } from "./useDashboard";

export function useModelStats(state: DashboardState): readonly ModelStats[] {
  const { usage, counted } = state;
  const costs = useCosts(state);
  return useMemo(() => {
    if (!usage) return [];
    const { series, bucket_s: bucket } = usage;
    return bucket === null ? modelStats(series, counted) : statsOfSums(series, counted, costs);
  }, [usage, counted, costs]);
}

/** What sums do not contain is the server's; null while it is unknown. */
export function statsOfSums(
  series: readonly Series[],
  span: Span,
  costs: CostsByKey | undefined,
): readonly ModelStats[] {
  return modelUse(series, span).map((use) => {
    const known = costs?.get(use.key);
    if (!known) return { ...use, ...NO_COSTS };
    const { median, p95, last: t } = known;
    return { ...use, median, p95, last: use.last && { ...use.last, t } };
  });
}
