import { useMemo } from "react";
import type { RangeData } from "@/api/rangeData";
import { useSeriesLooks } from "@/hooks/useSeriesLooks";
import { useTheme } from "@/hooks/useTheme";
import { useMessages } from "@/i18n";
import { seriesNames } from "@/lib/seriesNames";

/** A series as the days show it. */
export interface NamedSeries {
  readonly key: string;
  readonly name: string;
  readonly color: string;
  readonly total: number;
  readonly isHidden: boolean;
}

/** Return the series by their sum, largest first. */
export function useSeries({ usage, hidden }: RangeData): readonly NamedSeries[] {
  const texts = useMessages().dashboard.models;
  const { colorOf } = useSeriesLooks(usage.by);
  const theme = useTheme();
  return useMemo(() => {
    const names = seriesNames(usage.by, usage.series, texts);
    return usage.series
      .toSorted((one, other) => other.total - one.total)
      .map(({ key, total }) => ({
        key,
        total,
        name: names.get(key) ?? key,
        color: colorOf(key, theme),
        isHidden: hidden.has(key),
      }));
  }, [usage, hidden, texts, colorOf, theme]);
}
