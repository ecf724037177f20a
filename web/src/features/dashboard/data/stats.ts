/** Figures of a span, out of series. */
import type { Series } from "@/api/types";
import { lowerBound, sumBetween, tidy } from "@/lib/columns";
import type { Span } from "@/lib/range";
import { remembered } from "./buckets";

/** The use of a model in a span. */
export interface ModelUse {
  readonly key: string;
  /** How many small series are summed in this one. */
  readonly others?: number | undefined;
  readonly requests: number;
  readonly credits: number;
  /** Of all credits in the span, 0 to 1. */
  readonly share: number;
  readonly average: number;
  readonly last: { readonly t: number; readonly credits: number } | null;
  /** Credits in equal parts of the span, oldest first. */
  readonly trend: readonly number[];
}

export interface ModelStats extends ModelUse {
  /** Per request; null where only sums are known. */
  readonly median: number | null;
  readonly p95: number | null;
}

const TREND_PARTS = 24;

/** In the order of the series; models without requests left out. */
export function modelUse(series: readonly Series[], span: Span): readonly ModelUse[] {
  const total = creditsIn(series, span);
  return series.flatMap((line) => {
    const use = useOf(line, markOf(span));
    if (use.requests === 0) return [];
    return [{ ...use, share: total > 0 ? use.credits / total : 0 }];
  });
}

/** The same with the cost of a request, from all single requests. */
export function modelStats(series: readonly Series[], span: Span): readonly ModelStats[] {
  const lines = new Map(series.map((line) => [line.key, line]));
  return modelUse(series, span).map((use) => {
    const line = lines.get(use.key);
    return { ...use, ...(line ? costsOf(line, markOf(span)) : NO_COSTS) };
  });
}

export const NO_COSTS = { median: null, p95: null };

/** A span as a text: the key of its answer. */
function markOf({ from, to }: Span): string {
  return `${from} ${to}`;
}

function spanOf(mark: string): Span {
  const [from = 0, to = 0] = mark.split(" ").map(Number);
  return { from, to };
}

/** Several parts of the page ask for the same; a line that has not changed is not read again. */
const useOf = remembered((line, mark) => {
  const { from, to } = spanOf(mark);
  const start = lowerBound(line.t, from);
  const end = lowerBound(line.t, to);
  const requests = sumBetween(line.n, start, end);
  const credits = sumBetween(line.v, start, end);
  const lastAt = line.t[end - 1];
  return {
    key: line.key,
    others: line.others,
    requests,
    credits,
    average: requests > 0 ? credits / requests : 0,
    last: end > start && lastAt !== undefined ? { t: lastAt, credits: line.v[end - 1] ?? 0 } : null,
    trend: trendOf(line, { from, to }, start, end),
  };
});

const costsOf = remembered((line, mark) => {
  const { from, to } = spanOf(mark);
  // Typed, because these are sorted as numbers: many times faster for many of them.
  const costs = Float64Array.from(line.v.slice(lowerBound(line.t, from), lowerBound(line.t, to)));
  const rising = costs.sort();
  return { median: quantile(rising, 0.5), p95: quantile(rising, 0.95) };
});

/** Between the two nearest values, as spreadsheets do (type 7). */
export function quantile(sorted: ArrayLike<number>, share: number): number | null {
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

/** The credits of the newest requests of all series, oldest first. */
export function lastCredits(series: readonly Series[], count: number): readonly number[] {
  return series
    .flatMap(({ t, v }) =>
      t.slice(-count).map((time, at) => [time, v.slice(-count)[at] ?? 0] as const),
    )
    .toSorted(([one], [other]) => one - other)
    .slice(-count)
    .map(([, credits]) => credits);
}
