/** The curve of a range: fetched once, then kept up to date by the stream. */
import { keepPreviousData, type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, type UsageQuery } from "@/api/client";
import { useLive, useLiveState } from "@/api/LiveContext";
import { entriesSince } from "@/api/log";
import { Problem } from "@/api/problem";
import type { Status, Usage } from "@/api/types";
import { useFormat } from "@/i18n";
import { type Range, rangeKey, spanOf } from "@/lib/range";
import { HOUR_MS, offsetAt, parseInstant, SECOND_MS } from "@/lib/time";
import { advance } from "./advance";

/** Sums in buckets are fetched anew for new records, but not more often than this. */
const REFETCH_MS = 5 * SECOND_MS;

/** The days of every zone are made of quarter hours. */
const QUARTER_S = 900;

export function useUsage(range: Range, isWanted = true) {
  const { zone } = useFormat();
  const live = useLive();
  const key = ["usage", rangeKey(range), zone];
  const query = useQuery<Usage, Problem>({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const asking = queryOf(range, zone);
      return hasSums(range, live.getState().status)
        ? fetchSums({ ...asking, bucket: "auto" }, signal)
        : fetchUsage(asking, signal);
    },
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
  useLiveUpdates(key, isWanted && !query.isPlaceholderData ? query.data : undefined);
  return query;
}

function queryOf(range: Range, tz: string): UsageQuery {
  return range.kind === "last"
    ? { hours: range.hours, tz }
    : { from: range.from, to: range.to, tz };
}

/** Whether the range begins where only sums are known, as far as this page has heard. */
function hasSums(range: Range, status: Status | null): boolean {
  const before = parseInstant(status?.records.sums_before);
  return before !== null && spanOf(range, Date.now()).from < before;
}

/** What the server has sums for instead: too many single requests, or ones that were removed. */
const ONLY_AS_SUMS: ReadonlySet<string> = new Set(["too_many_requests", "only_sums"]);

/** Single requests; where they cannot be had, the finest sums that the server offers instead. */
async function fetchUsage(query: UsageQuery, signal: AbortSignal): Promise<Usage> {
  try {
    return await api.usage({ ...query, bucket: "none" }, signal);
  } catch (error) {
    if (!(error instanceof Problem) || !ONLY_AS_SUMS.has(error.code)) throw error;
    return fetchSums({ ...query, bucket: error.bucket ?? "auto" }, signal);
  }
}

/** Sums of which the days of the zone can be made: of hours they cannot where it has half ones. */
async function fetchSums(query: UsageQuery, signal: AbortSignal): Promise<Usage> {
  const usage = await api.usage(query, signal);
  const zone = query.tz ?? "UTC";
  const isWhole = [usage.from, usage.to].every((t) => offsetAt(t, zone) % HOUR_MS === 0);
  if (usage.bucket_s !== HOUR_MS / SECOND_MS || isWhole) return usage;
  return api.usage({ ...query, bucket: QUARTER_S }, signal);
}

function useLiveUpdates(key: QueryKey, shown: Usage | undefined): void {
  const live = useLive();
  const client = useQueryClient();
  const hash = JSON.stringify(key);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is compared by its content
  useEffect(() => {
    if (!shown) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refetch = () => void client.invalidateQueries({ queryKey: key, exact: true });
    const catchUp = () => {
      // Not what is shown: what was fetched since may not have been rendered yet.
      const usage = client.getQueryData<Usage>(key) ?? shown;
      const entries = entriesSince(live.getLog(), usage.revision);
      if (entries?.length === 0) return;
      const next = entries && advance(usage, entries);
      if (next) client.setQueryData(key, next);
      else timer ??= setTimeout(refetch, usage.bucket_s === null ? 0 : REFETCH_MS);
    };
    catchUp();
    const stop = live.onRecords(catchUp);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [hash, shown, live, client]);
}

/** Fetches anew when the server says that gaps, differences or what it keeps are others. Use it once. */
export function useCoverageWatch(): void {
  const client = useQueryClient();
  const mark = useLiveState(({ status }) => (status ? markOf(status) : null));
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (before.current !== null && mark !== null && before.current !== mark) {
      for (const key of ["usage", "before"]) void client.invalidateQueries({ queryKey: [key] });
    }
    before.current = mark;
  }, [mark, client]);
}

/** Changes with the gaps, with how many hours the site counts otherwise, and with what was removed. */
function markOf({ records, reconciliation: found }: Status): string {
  const differing = found ? `${found.hours - found.agree} ${found.in_gap} ${found.factor}` : "";
  return `${records.coverage} ${records.removed} ${differing}`;
}
