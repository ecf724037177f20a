import { useMemo } from "react";
import { type ModelStats, modelStats } from "./stats";
import type { DashboardState } from "./useDashboard";

/** What each model used in the range, in an order that live updates do not change. */
export function useModels({ usage, window }: DashboardState): readonly ModelStats[] {
  return useMemo(
    () => (usage ? modelStats(usage.series, window, usage.bucket_s === null) : []),
    [usage, window],
  );
}
