/** The filtered records, page by page, brought up to date with the live events. */
import { useCallback, useEffect, useMemo, useState } from "react";
import { useLive, useLiveState } from "@/api/LiveContext";
import { entriesSince, type LogEntry, type RecordsLog } from "@/api/live/log";
import type { UsageRecord } from "@/api/types";
import { useNow } from "@/hooks/useNow";
import type { Filter } from "@/lib/filter";
import type { Range } from "@/lib/range";
import { MINUTE_MS, parseInstant } from "@/lib/time";
import { boundsOf, isMeant } from "./filter";
import { broughtUpToDate, countAbove, type Rows, startingAt } from "./rows";
import { usePages } from "./usePages";

export interface Records {
  /** Null while the first ones load. */
  readonly rows: Rows | null;
  /** The number of new records that are not shown while the view is scrolled down. */
  readonly fresh: number;
  readonly hasMore: boolean;
  /** Whether the rows belong to the filter before. */
  readonly isStale: boolean;
  readonly isLoadingMore: boolean;
  readonly hasFailed: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
  /** Stop showing new records, or show them again. */
  readonly hold: (isHeld: boolean) => void;
}

export function useRecords(filter: Filter, range: Range): Records {
  const live = useLive();
  const log = useLiveState((state) => state.log);
  const [held, setHeld] = useState<RecordsLog | null>(null);
  const pages = usePages(filter, range);
  const { fetched, revision, hasMore, isStale, isOutdated, restart } = pages;
  const { from, to } = boundsOf(filter, range, useNow(MINUTE_MS));

  const since = useLiveState(({ status }) => parseInstant(status?.records.sums_before));
  // Older records were removed after they had been fetched.
  const first = Math.max(from ?? 0, since ?? 0);

  const accepts = useCallback(
    (record: UsageRecord) => isMeant(record, filter, { from, to }),
    [filter, from, to],
  );
  const entries = fetched && !isStale ? entriesAfter(held ?? log, revision) : NOTHING;
  const isUseless = isOutdated || entries === null;
  useEffect(() => {
    if (isUseless) restart();
  }, [isUseless, restart]);

  const rows = useMemo(() => {
    if (fetched === null || isStale) return fetched;
    return startingAt(broughtUpToDate(fetched, entries ?? NOTHING, { accepts, hasMore }), first);
  }, [fetched, isStale, entries, accepts, hasMore, first]);
  const top = rows?.[0];
  const fresh = useMemo(
    () =>
      held === null ? 0 : countAbove(top, entriesAfter(log, held.revision) ?? NOTHING, accepts),
    [held, top, log, accepts],
  );
  const hold = useCallback(
    (isHeld: boolean) => setHeld(isHeld ? live.getState().log : null),
    [live],
  );
  return { ...pages, rows, fresh, hold };
}

const NOTHING: readonly LogEntry[] = [];

/** Return the entries after a revision, or all of them; null if the log starts later. */
function entriesAfter(log: RecordsLog, revision: number | null): readonly LogEntry[] | null {
  return revision === null ? log.entries : entriesSince(log, revision);
}
