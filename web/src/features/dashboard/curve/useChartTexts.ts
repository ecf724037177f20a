import { useMemo } from "react";
import type { ChartTexts } from "@/components/chart/types";
import { useFormat, useMessages } from "@/i18n";

/** The chart's texts and writing, in the user's language and zone. */
export function useChartTexts(): Omit<ChartTexts, "font"> {
  const { curve } = useMessages().dashboard;
  const format = useFormat();
  return useMemo(
    () => ({
      zone: format.zone,
      number: format.number,
      compact: format.compact,
      instant: format.instant,
      total: curve.tooltipTotal,
      none: "–",
      since: (t) => curve.since(format.instant(t).slice(11)),
      gaps: curve.gaps,
      difference: (theirs, ours) => curve.difference(format.signed(theirs - ours)),
    }),
    [curve, format],
  );
}
