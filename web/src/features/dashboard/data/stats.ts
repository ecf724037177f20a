/** Figures of a span, out of series. */
import type { Series } from "@/api/types";
import { lowerBound, sumBetween, tidy } from "@/lib/columns";
import type { Span } from "@/lib/range";

export interface ModelStats {
  readonly key: string;
  readonly requests: number;
  readonly credits: number;
  /** Of all credits in the span, 0 to 1. */
  readonly share: number;
  readonly average: number;
  /** Per request; null where only sums are known. */
  readonly median: number | null;
  readonly p95: number | null;
  readonly last: { readonly t: number; readonly credits: number } | null;
  /** Credits in equal parts of the span, oldest first. */
  readonly trend: readonly number[];
}

export const TREND_PARTS = 24;

/** What each model used in a span, in the order of the series; models without requests left out. */
export function modelStats(
  series: readonly Series[],
  span: Span,
  isSingle: boolean,
): readonly ModelStats[] {
  const total = creditsIn(series, span);
  return series.flatMap((line) => {
    const stats = statsOf(line, span, total, isSingle);
    return stats.requests > 0 ? [stats] : [];
  });
}

function statsOf(line: Series, { from, to }: Span, total: number, isSingle: boolean): ModelStats {
  const start = lowerBound(line.t, from);
  const end = lowerBound(line.t, to);
  const requests = sumBetween(line.n, start, end);
  const credits = sumBetween(line.v, start, end);
  const sorted = isSingle ? line.v.slice(start, end).toSorted((a, b) => a - b) : [];
  const lastAt = line.t[end - 1];
  return {
    key: line.key,
    requests,
    credits,
    share: total > 0 ? credits / total : 0,
    average: requests > 0 ? credits / requests : 0,
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    last: end > start && lastAt !== undefined ? { t: lastAt, credits: line.v[end - 1] ?? 0 } : null,
    trend: trendOf(line, { from, to }, start, end),
  };
}

/** Between the two nearest values, as spreadsheets do (type 7). */
export function quantile(sorted: readonly number[], share: number): number | null {
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  return low === undefined || high === undefined ? null : tidy(low + (high - low) * (place % 1));
}

function trendOf(line: Series, { from, to }: Span, start: number, end: number): readonly number[] {
  const parts = new Array<number>(TREND_PARTS).fill(0);
  for (let at = start; at < end; at += 1) {
    const part = Math.floor((((line.t[at] ?? from) - from) / (to - from)) * TREND_PARTS);
    const within = Math.min(TREND_PARTS - 1, Math.max(0, part));
    parts[within] = (parts[within] ?? 0) + (line.v[at] ?? 0);
  }
  return parts;
}

export function creditsIn(series: readonly Series[], { from, to }: Span): number {
  return tidy(
    series.reduce(
      (sum, { t, v }) => sum + sumBetween(v, lowerBound(t, from), lowerBound(t, to)),
      0,
    ),
  );
}

export interface LastRequest {
  readonly model: string;
  readonly t: number;
  readonly credits: number;
}

/** The newest request of all series, in or out of the span. */
export function lastRequest(series: readonly Series[]): LastRequest | null {
  let last: LastRequest | null = null;
  for (const { key, t, v } of series) {
    const time = t.at(-1);
    if (time !== undefined && (last === null || time > last.t)) {
      last = { model: key, t: time, credits: v.at(-1) ?? 0 };
    }
  }
  return last;
}
