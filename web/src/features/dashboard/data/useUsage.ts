/** The curve of a range: the newest answer, brought up to date with the events after it. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, type UsageQuery } from "@/api/client";
import { askStamped, type Stamped, useIsOutdated, useRefetchWhile } from "@/api/freshness";
import { useLive, useLiveState } from "@/api/LiveContext";
import type { Live } from "@/api/live/Live";
import { entriesSince, type RecordsLog } from "@/api/live/log";
import { Problem } from "@/api/problem";
import type { Status, Usage } from "@/api/types";
import { useFormat } from "@/i18n";
import { type Range, rangeKey, spanOf } from "@/lib/range";
import type { Group } from "@/lib/seriesNames";
import { HOUR_MS, offsetAt, parseInstant, SECOND_MS } from "@/lib/time";
import { advance } from "./advance";

/** The days of every zone are made of quarter hours. */
const QUARTER_S = 900;

interface UsageState {
  /** Undefined before the first answer. */
  readonly data: Usage | undefined;
  readonly error: Problem | null;
  /** Whether the data belongs to the range shown before. */
  readonly isPlaceholderData: boolean;
}

interface UsageOptions {
  readonly isWanted?: boolean;
  readonly by?: Group;
  /** Whether sums do where a range has thousands of requests. */
  readonly isBrief?: boolean;
}

export function useUsage(
  range: Range,
  { isWanted = true, by = "model", isBrief = false }: UsageOptions = {},
): UsageState {
  const { zone } = useFormat();
  const live = useLive();
  const asked = usageQuery(live, { range, zone, by, isBrief });
  const query = useQuery<Stamped<Usage>, Problem>({
    ...asked,
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
  const { data: stamped, error, isPlaceholderData, refetch } = query;
  const answer = stamped?.answer;
  const curveOf = useMemo(
    () => keepingLast((log: RecordsLog) => answer && curveAt(answer, log)),
    [answer],
  );
  const curve = useLiveState(({ log }) => curveOf(log));
  const isOlder = useIsOutdated(stamped?.stamp, ["coverage", "sums"]);
  const isNeeded = isWanted && !isPlaceholderData && (isOlder || curve === null);
  useRefetchWhile(isNeeded, asked.queryKey, refetch);
  return { data: curve ?? answer, error, isPlaceholderData };
}

interface AskedUsage {
  readonly range: Range;
  readonly zone: string;
  readonly by: Group;
  readonly isBrief: boolean;
}

export function usageQuery(live: Live, { range, zone, by, isBrief }: AskedUsage) {
  return {
    queryKey: ["usage", rangeKey(range), zone, by, isBrief],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
      askStamped(live, () => {
        const asked = { ...queryOf(range, zone), by };
        return isBrief || hasSums(range, live.getState().status, live.clock.now())
          ? fetchSums({ ...asked, bucket: "auto" }, signal)
          : fetchUsage(asked, signal);
      }),
  };
}

/** Compute the result of an argument once, until there is another argument. */
function keepingLast<Argument, Result>(compute: (argument: Argument) => Result) {
  let last: { readonly argument: Argument; readonly result: Result } | undefined;
  return (argument: Argument): Result => {
    if (last === undefined || last.argument !== argument) {
      last = { argument, result: compute(argument) };
    }
    return last.result;
  };
}

/** Return an answer's curve at the end of the log, or null if it must be fetched again. */
function curveAt(answer: Usage, log: RecordsLog): Usage | null {
  const entries = entriesSince(log, answer.revision);
  return entries && advance(answer, entries);
}

function queryOf(range: Range, tz: string): UsageQuery {
  return range.kind === "last"
    ? { hours: range.hours, tz }
    : { from: String(range.from), to: String(range.to), tz };
}

/** Whether the range starts where only sums are kept, as far as the page knows. */
function hasSums(range: Range, status: Status | null, now: number): boolean {
  const before = parseInstant(status?.records.sums_before);
  return before !== null && spanOf(range, now).from < before;
}

/** The server has only sums: there are too many single requests, or they were removed. */
const ONLY_AS_SUMS: ReadonlySet<string> = new Set(["too_many_requests", "only_sums"]);

/** Fetch single requests, or the finest sums that the server offers in their place. */
async function fetchUsage(query: UsageQuery, signal: AbortSignal): Promise<Usage> {
  try {
    return await api.usage({ ...query, bucket: "none" }, signal);
  } catch (error) {
    if (!(error instanceof Problem) || !ONLY_AS_SUMS.has(error.code)) throw error;
    return fetchSums({ ...query, bucket: String(error.bucket ?? "auto") }, signal);
  }
}

/** Fetch sums that add up to the zone's days: hours do not in a zone with a half-hour offset. */
async function fetchSums(query: UsageQuery, signal: AbortSignal): Promise<Usage> {
  const usage = await api.usage(query, signal);
  const zone = query.tz ?? "UTC";
  const isWhole = [usage.from, usage.to].every((t) => offsetAt(t, zone) % HOUR_MS === 0);
  if (usage.bucket_s !== HOUR_MS / SECOND_MS || isWhole) return usage;
  return api.usage({ ...query, bucket: String(QUARTER_S) }, signal);
}
