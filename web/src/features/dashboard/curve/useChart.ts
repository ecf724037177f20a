import { useMemo } from "react";
import type { Chart, ChartForm } from "@/components/chart/types";
import { useSeriesLooks } from "@/hooks/useSeriesLooks";
import { useTheme } from "@/hooks/useTheme";
import { useFormat, useMessages } from "@/i18n";
import type { View } from "@/lib/address";
import { chartOf } from "../data/chart";
import type { DashboardState } from "../data/useDashboard";
import type { Hidden } from "../data/useHidden";
import type { Comparison } from "./useComparison";
import { useOrder } from "./useOrder";

interface ChartChoices {
  readonly state: DashboardState;
  readonly view: View;
  readonly form: ChartForm | null;
  readonly hidden: Hidden;
  readonly comparison: Comparison;
}

/** The chart's input; undefined before the first answer, and where days are shown instead. */
export function useChart(choices: ChartChoices): Chart | undefined {
  const { state, view, form, hidden, comparison } = choices;
  const { zone } = useFormat();
  const theme = useTheme();
  const names = useMessages().dashboard.models;
  const looks = useSeriesLooks(state.usage?.by ?? "model");
  const { range, usage, gaps, differences, window } = state;
  const order = useOrder(range, usage);
  const models = hidden.models;
  const { previous, usual } = comparison;
  return useMemo(() => {
    if (!usage || view === "days") return undefined;
    const choices = {
      view,
      form,
      zone,
      theme,
      looks,
      hidden: models,
      order,
      previous,
      usual,
      names,
    };
    return chartOf({ usage, gaps, differences, window, ...choices });
  }, [
    usage,
    gaps,
    differences,
    window,
    view,
    form,
    zone,
    theme,
    looks,
    models,
    order,
    previous,
    usual,
    names,
  ]);
}
