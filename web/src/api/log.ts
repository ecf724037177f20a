/**
 * What the stream has told since it was first opened: a contiguous log of changed records, by
 * which whatever was fetched earlier can be brought up to date without fetching it again.
 */
import type { UsageRecord } from "./types";

/** Records that bring whoever stands at revision `after` to `revision`. */
export interface LogEntry {
  readonly after: number;
  readonly revision: number;
  readonly records: readonly UsageRecord[];
}

export interface RecordsLog {
  /** Everything up to this revision is known; null before the stream has said where it stands. */
  readonly revision: number | null;
  readonly entries: readonly LogEntry[];
}

export const EMPTY_LOG: RecordsLog = { revision: null, entries: [] };

/** More records than this are not kept: fetching anew is cheaper by then. */
const MAX_RECORDS = 20_000;

export function append(
  log: RecordsLog,
  revision: number,
  records: readonly UsageRecord[],
): RecordsLog {
  const entry = { after: log.revision ?? revision - records.length, revision, records };
  return { revision, entries: bounded([...log.entries, entry]) };
}

function bounded(entries: readonly LogEntry[]): readonly LogEntry[] {
  let kept = 0;
  const first = entries.findLastIndex((entry) => {
    kept += entry.records.length;
    return kept > MAX_RECORDS;
  });
  return first < 0 ? entries : entries.slice(first + 1);
}

/**
 * What lies between a revision and the end of the log, or null where the log cannot tell: it does
 * not reach back that far, or an entry lies across the revision.
 */
export function entriesSince(log: RecordsLog, revision: number): readonly LogEntry[] | null {
  if (log.revision === null || revision >= log.revision) return [];
  const first = log.entries.findIndex((entry) => entry.revision > revision);
  const entry = log.entries[first];
  return entry === undefined || entry.after !== revision ? null : log.entries.slice(first);
}
