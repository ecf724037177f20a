/** The records that are meant, page by page, kept up to date by the live stream. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useLive, useLiveState } from "@/api/LiveContext";
import { entriesSince, type LogEntry, type RecordsLog } from "@/api/log";
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
  /** How many have come that are held back while the view is to stay where it is. */
  readonly fresh: number;
  readonly hasMore: boolean;
  /** Whether these still belong to the filter before. */
  readonly isStale: boolean;
  readonly isLoadingMore: boolean;
  readonly hasFailed: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
  /** Holds back what comes, or lets it in. */
  readonly hold: (isHeld: boolean) => void;
}

export function useRecords(filter: Filter, range: Range): Records {
  const live = useLive();
  const log = useSyncExternalStore(live.onRecords, live.getLog);
  const [held, setHeld] = useState<RecordsLog | null>(null);
  const pages = usePages(filter, range);
  const { fetched, revision, hasMore, isStale, restart } = pages;
  const { from, to } = boundsOf(filter, range, useNow(MINUTE_MS));

  const since = useLiveState(({ status }) => parseInstant(status?.records.sums_before));
  // What is older was removed, though it may have been fetched before.
  const first = Math.max(from ?? 0, since ?? 0);

  const accepts = useCallback(
    (record: UsageRecord) => isMeant(record, filter, { from, to }),
    [filter, from, to],
  );
  const entries = fetched && !isStale ? entriesAfter(held ?? log, revision) : NOTHING;
  useEffect(() => {
    if (entries === null) restart();
  }, [entries, restart]);

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
  const hold = useCallback((isHeld: boolean) => setHeld(isHeld ? live.getLog() : null), [live]);
  return { ...pages, rows, fresh, hold };
}

const NOTHING: readonly LogEntry[] = [];

/** What came after a revision; all of it where none is known; null where the log cannot tell. */
function entriesAfter(log: RecordsLog, revision: number | null): readonly LogEntry[] | null {
  return revision === null ? log.entries : entriesSince(log, revision);
}
