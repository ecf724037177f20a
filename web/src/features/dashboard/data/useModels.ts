import { useMemo } from "react";
import { type ModelUse, modelUse } from "./stats";
import type { DashboardState } from "./useDashboard";

/** What each model used in the range, in an order that live updates do not change. */
export function useModels({ usage, counted }: DashboardState): readonly ModelUse[] {
  return useMemo(() => (usage ? modelUse(usage.series, counted) : []), [usage, counted]);
}
