/** Credits per hour over the last 15 minutes, and the course of the last hour. */
import { useMemo } from "react";
import { useSettings, useStatus } from "@/api/LiveContext";
import { useNow } from "@/hooks/useNow";
import type { Span } from "@/lib/range";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "@/lib/time";
import { gapsIn } from "../data/gaps";
import { creditsIn } from "../data/stats";
import type { DashboardState } from "../data/useDashboard";
import { useUsage } from "../data/useUsage";

const SPAN_MS = 15 * MINUTE_MS;
const PART_MS = 2.5 * MINUTE_MS;
const PARTS = HOUR_MS / PART_MS;
const LAST_HOUR = { kind: "last", hours: 1 } as const;

export interface Rate {
  readonly perHour: number;
  /** Whether a gap overlaps the 15 minutes. */
  readonly isLeast: boolean;
  /** Credits in equal parts of the last hour, oldest first. */
  readonly parts: readonly number[];
  /** The number of parts, from the end, that the rate is of. */
  readonly recentParts: number;
}

/** Null until it is known. */
export function useRate({ range, usage }: DashboardState): Rate | null {
  const isEnough = range.kind === "last" && usage?.bucket_s === null;
  const lastHour = useUsage(LAST_HOUR, {
    isWanted: usage !== undefined && !isEnough,
  });
  const now = useNow(5 * SECOND_MS);
  const status = useStatus();
  const settings = useSettings();
  const recent = isEnough ? usage : lastHour.data;
  return useMemo(() => {
    if (!recent) return null;
    const to = Math.max(now, ...recent.series.map(({ t }) => (t.at(-1) ?? 0) + 1));
    const span: Span = { from: to - SPAN_MS, to };
    const credits = (from: number, until: number) => creditsIn(recent.series, { from, to: until });
    return {
      perHour: (credits(span.from, to) * HOUR_MS) / SPAN_MS,
      isLeast: gapsIn(recent, status, settings, span).length > 0,
      parts: Array.from({ length: PARTS }, (_, at) => {
        const from = to - HOUR_MS + at * PART_MS;
        return credits(from, from + PART_MS);
      }),
      recentParts: SPAN_MS / PART_MS,
    };
  }, [recent, now, status, settings]);
}
