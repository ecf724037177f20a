/** Other views of a series' single requests: sums in buckets, and the running total. */
import type { Series } from "@/api/types";
import { lowerBound, tidy } from "@/lib/columns";
import type { Span } from "@/lib/range";
import { DAY_MS, floorTo, HOUR_MS, MINUTE_MS, SECOND_MS } from "@/lib/time";

const BUCKETS_MS = [
  10 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  DAY_MS,
] as const;
const MOST_BUCKETS = 180;

export interface Columns {
  readonly t: readonly number[];
  readonly v: readonly number[];
}

/** The finest bucket that leaves a span readable, not finer than `least`. */
export function bucketFor(lengthMs: number, leastMs = 0): number {
  const fitting = BUCKETS_MS.find((size) => size >= leastMs && lengthMs / size <= MOST_BUCKETS);
  return fitting ?? Math.max(DAY_MS, leastMs);
}

/** Sums by bucket; a bucket without requests has no point: nothing is drawn that was not there. */
export function bucketed(
  { t: times, v: values }: Columns,
  bucketMs: number,
  zone: string,
): Columns {
  const t: number[] = [];
  const v: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  times.forEach((time, at) => {
    const value = values[at] ?? 0;
    if (time >= end) {
      const start = floorTo(time, bucketMs, zone);
      t.push(start);
      v.push(value);
      end = endOf(start, bucketMs, zone);
    } else {
      v[v.length - 1] = tidy((v.at(-1) ?? 0) + value);
    }
  });
  return { t, v };
}

/** A day ends at the next midnight, 23 to 25 hours later. */
function endOf(start: number, bucketMs: number, zone: string): number {
  return bucketMs < DAY_MS ? start + bucketMs : floorTo(start + 1.5 * DAY_MS, DAY_MS, zone);
}

/**
 * The span whose points belong to a range. The server's point of a bucket stands at the bucket's
 * start and sums what of it the range holds, also where the range begins within the bucket.
 */
export function countedSpan(bucketS: number | null, { from, to }: Span, zone: string): Span {
  if (bucketS === null) return { from, to };
  const bucketMs = bucketS * SECOND_MS;
  const start = bucketMs < DAY_MS ? floorTo(from, bucketMs, "UTC") : floorTo(from, DAY_MS, zone);
  return { from: start, to };
}

/** The running total from an instant on. */
export function running({ t: times, v: values }: Columns, from: number): Columns {
  const start = lowerBound(times, from);
  let sum = 0;
  const v = values.slice(start).map((value) => {
    sum = tidy(sum + value);
    return sum;
  });
  return { t: times.slice(start), v };
}

/** Remembers the last answer for each series, so that what has not changed stays the same object. */
export function remembered<Answer>(compute: (series: Series, mark: string) => Answer) {
  const known = new WeakMap<Series, { readonly mark: string; readonly answer: Answer }>();
  return (series: Series, mark: string): Answer => {
    const held = known.get(series);
    if (held?.mark === mark) return held.answer;
    const answer = compute(series, mark);
    known.set(series, { mark, answer });
    return answer;
  };
}
