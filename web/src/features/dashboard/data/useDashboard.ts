/** The state of the dashboard, computed from the curve, the live state and the time. */
import { useMemo } from "react";
import { useSettings, useStatus } from "@/api/LiveContext";
import type { Difference, Gap, Usage } from "@/api/types";
import { useAddress } from "@/hooks/useAddress";
import { useFormat } from "@/i18n";
import { type Range, type Span, spanBefore } from "@/lib/range";
import { countedSpan } from "./buckets";
import { gapsIn } from "./gaps";
import { useUsage } from "./useUsage";
import { useWindow } from "./useWindow";

export interface DashboardState {
  readonly range: Range;
  /** Whether sums were asked for where the range has thousands of requests. */
  readonly isBrief: boolean;
  /** Undefined before the first answer. */
  readonly usage: Usage | undefined;
  readonly window: Span;
  /** The span whose points belong to the window: it starts with the window's first bucket. */
  readonly counted: Span;
  /** The part of the window up to now. */
  readonly past: Span;
  /** The span that the window is compared with. */
  readonly before: Span;
  readonly isZoomed: boolean;
  readonly gaps: readonly Gap[];
  /** The visible hours whose sums differ from the site's, and that contain no gap. */
  readonly differences: readonly Difference[];
  readonly error: ReturnType<typeof useUsage>["error"];
  readonly isLoading: boolean;
}

export function useDashboard(range: Range, isBrief: boolean): DashboardState {
  const [{ by }] = useAddress();
  const { data, error, isPlaceholderData } = useUsage(range, { by, isBrief });
  const { window, past } = useWindow(range, data);
  const { zone } = useFormat();
  const counted = useMemo(
    () => countedSpan(data?.bucket_s ?? null, window, zone),
    [data?.bucket_s, window, zone],
  );
  const before = useMemo(() => spanBefore(range, window, zone), [range, window, zone]);
  const status = useStatus();
  const settings = useSettings();
  const gaps = useMemo(
    () => (data ? gapsIn(data, status, settings, past) : []),
    [data, status, settings, past],
  );
  const differences = useMemo(
    () => data?.differences.filter((one) => !one.in_gap && one.t < window.to) ?? [],
    [data, window.to],
  );
  return {
    range,
    isBrief,
    usage: data,
    window,
    counted,
    past,
    before,
    isZoomed: false,
    gaps: useStable(gaps),
    differences: useStable(differences),
    error: data ? null : error,
    isLoading: isPlaceholderData,
  };
}

/** Return the same list object until its content changes. */
function useStable<Item>(list: readonly Item[]): readonly Item[] {
  const text = JSON.stringify(list);
  return useMemo(() => JSON.parse(text) as readonly Item[], [text]);
}
