/** Credits since midnight, and of yesterday up to the same time. */
import { useMemo } from "react";
import { useSettings, useStatus } from "@/api/LiveContext";
import type { Usage } from "@/api/types";
import { useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { isComparable } from "@/lib/covered";
import type { Span } from "@/lib/range";
import { MINUTE_MS, shiftDays } from "@/lib/time";
import { countedSpan } from "../data/buckets";
import { type Days, dayQuestion, daysAt, rangeOf } from "../data/days";
import { gapsIn } from "../data/gaps";
import { creditsIn, type ModelUse, modelUse } from "../data/stats";
import { usePastUsage } from "../data/usePastUsage";
import { useUsage } from "../data/useUsage";

/** Points of the small curve over a day. */
export const DAY_PARTS = 96;

export interface Today {
  readonly credits: number;
  readonly models: readonly ModelUse[];
  /** Whether something may be missing. */
  readonly isLeast: boolean;
  /** Null: unknown or incomplete. */
  readonly yesterday: number | null;
  /** Running totals over the day in equal parts: today's up to now. */
  readonly curve: readonly number[];
  readonly curveBefore: readonly number[];
}

/** Undefined until the first answer. */
export function useToday(isWanted: boolean): Today | undefined {
  const { zone } = useFormat();
  const now = useNow(MINUTE_MS);
  const { today, yesterday } = useMemo(() => daysAt(now, zone), [now, zone]);
  const range = useMemo(() => rangeOf(today), [today]);
  const { data, isPlaceholderData } = useUsage(range, { isWanted, isBrief: true });
  const usage = isPlaceholderData ? undefined : data;
  const before = usePastUsage(yesterday, ...dayQuestion(yesterday, zone), isWanted);
  const status = useStatus();
  const settings = useSettings();
  const figures = useMemo(
    () => usage && todayOf({ usage, before, today, yesterday, now, zone }),
    [usage, before, today, yesterday, now, zone],
  );
  if (!usage || !figures) return undefined;
  const past = { from: today.from, to: Math.max(now, today.from + 1) };
  return { ...figures, isLeast: gapsIn(usage, status, settings, past).length > 0 };
}

interface TodayInput extends Days {
  readonly usage: Usage;
  readonly before: Usage | undefined;
  readonly now: number;
  readonly zone: string;
}

function todayOf(input: TodayInput): Omit<Today, "isLeast"> {
  const { usage, before, today, yesterday, now, zone } = input;
  const models = modelUse(usage.series, countedSpan(usage.bucket_s, today, zone));
  const total = before ? creditsUpTo(before, yesterday, shiftDays(now, -1, zone)) : null;
  return {
    credits: models.reduce((sum, { credits }) => sum + credits, 0),
    models: models.toSorted((one, other) => other.credits - one.credits),
    yesterday: total,
    curve: runningTotal(usage, today, now),
    curveBefore: before && total !== null ? runningTotal(before, yesterday, yesterday.to) : [],
  };
}

function creditsUpTo(usage: Usage, { from, to }: Span, until: number): number | null {
  const span = { from, to: Math.min(to, until) };
  return isComparable(usage.gaps, span) ? creditsIn(usage.series, span) : null;
}

function runningTotal(usage: Usage, { from, to }: Span, until: number): readonly number[] {
  const part = (to - from) / DAY_PARTS;
  const count = Math.max(1, Math.min(DAY_PARTS, Math.ceil((until - from) / part)));
  let sum = 0;
  return Array.from({ length: count }, (_, at) => {
    sum += creditsIn(usage.series, { from: from + at * part, to: from + (at + 1) * part });
    return sum;
  });
}
