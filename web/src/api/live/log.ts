/**
 * The changed records that the stream has sent, as a contiguous log. It brings earlier answers up
 * to date without fetching them again.
 */
import type { UsageRecord } from "../types";

/** Records that lead from revision `after` to `revision`. */
export interface LogEntry {
  readonly after: number;
  readonly revision: number;
  readonly records: readonly UsageRecord[];
}

export interface RecordsLog {
  /** Everything up to this revision is known; null before the stream has named its first one. */
  readonly revision: number | null;
  readonly entries: readonly LogEntry[];
}

export const EMPTY_LOG: RecordsLog = { revision: null, entries: [] };

/** Beyond this, fetching again is cheaper than bringing up to date. */
const MAX_RECORDS = 20_000;

/** Append the records of an event; return the same log if they are known already. */
export function appendRecords(
  log: RecordsLog,
  { revision, records }: Omit<LogEntry, "after">,
): RecordsLog {
  const after = log.revision ?? revision - records.length;
  if (revision <= after) return log;
  return { revision, entries: bounded([...log.entries, { after, revision, records }]) };
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
 * Return the entries after a revision, or null if they are unknown: the log starts later, or an
 * entry spans the revision.
 */
export function entriesSince(log: RecordsLog, revision: number): readonly LogEntry[] | null {
  if (log.revision === null || revision >= log.revision) return [];
  const first = log.entries.findIndex((entry) => entry.revision > revision);
  const entry = log.entries[first];
  return entry === undefined || entry.after !== revision ? null : log.entries.slice(first);
}
