/** Buckets of the server's sums, and results remembered per series. */
import type { Series } from "@/api/types";
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

/** The finest bucket size with at most `MOST_BUCKETS` buckets in a span. */
export function bucketFor(lengthMs: number): number {
  return BUCKETS_MS.find((size) => lengthMs / size <= MOST_BUCKETS) ?? DAY_MS;
}

/**
 * The span whose points belong to a range. The server's point of a bucket has the time of the
 * bucket's start and sums its part within the range, also where the range begins within the bucket.
 */
export function countedSpan(bucketS: number | null, { from, to }: Span, zone: string): Span {
  if (bucketS === null) return { from, to };
  const bucketMs = bucketS * SECOND_MS;
  const start = bucketMs < DAY_MS ? floorTo(from, bucketMs, "UTC") : floorTo(from, DAY_MS, zone);
  return { from: start, to };
}

/** Remember the last answer for each series, so that unchanged series keep the same object. */
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
