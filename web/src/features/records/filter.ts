/** The filter of records: as a query to the server, and as a test for live records. */
import type { RecordsFilter } from "@/api/client";
import type { UsageRecord } from "@/api/types";
import type { Filter } from "@/lib/filter";
import { type Range, spanOf } from "@/lib/range";

/** From, inclusive, to, exclusive; undefined where it is open. */
export interface Bounds {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export function boundsOf(filter: Filter, range: Range, now: number): Bounds {
  if (!filter.isInRange) return { from: undefined, to: undefined };
  const { from, to } = spanOf(range, now);
  return { from, to: range.kind === "last" ? undefined : to };
}

export function queryOf(filter: Filter, bounds: Bounds): RecordsFilter {
  return {
    from: bounds.from?.toString(),
    to: bounds.to?.toString(),
    model: filter.model ?? undefined,
    endpoint: filter.endpoint ?? undefined,
    api_key: filter.apiKey ?? undefined,
    counts: filter.counts ?? undefined,
    min_credits: filter.leastCredits ?? undefined,
  };
}

export function isMeant(record: UsageRecord, filter: Filter, { from, to }: Bounds): boolean {
  return (
    (from === undefined || record.t >= from) &&
    (to === undefined || record.t < to) &&
    (filter.model === null || record.model === filter.model) &&
    (filter.endpoint === null || record.endpoint === filter.endpoint) &&
    (filter.apiKey === null || record.api_key === filter.apiKey) &&
    (filter.counts === null || record.counts === filter.counts) &&
    (filter.leastCredits === null || record.credits >= filter.leastCredits)
  );
}

/** Whether records within the range are left out. */
export function isNarrowed(filter: Filter): boolean {
  const { model, endpoint, apiKey, counts, leastCredits } = filter;
  return [model, endpoint, apiKey, counts, leastCredits].some((part) => part !== null);
}
