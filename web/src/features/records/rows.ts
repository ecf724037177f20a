/** The rows of the table, newest first: fetched pages, updated with live records. */
import type { LogEntry } from "@/api/live/log";
import type { UsageRecord } from "@/api/types";

export type Rows = readonly UsageRecord[];

function isNewer(one: UsageRecord, other: UsageRecord): boolean {
  return newestFirst(one, other) < 0;
}

interface Terms {
  readonly accepts: (record: UsageRecord) => boolean;
  /** Whether more rows follow on the server; older live records are then left to their page. */
  readonly hasMore: boolean;
}

/** Each record once, at its own time, in its latest form. */
export function broughtUpToDate(rows: Rows, entries: readonly LogEntry[], terms: Terms): Rows {
  const changed = latest(entries);
  if (changed.size === 0) return rows;
  const last = terms.hasMore ? rows.at(-1) : undefined;
  const kept = rows.filter((row) => !changed.has(row.id));
  const added = [...changed.values()].filter(
    (record) => terms.accepts(record) && (!last || !isNewer(last, record)),
  );
  return merged(kept, added.sort(newestFirst));
}

/** The number of new records above a row. */
export function countAbove(
  top: UsageRecord | undefined,
  entries: readonly LogEntry[],
  accepts: (record: UsageRecord) => boolean,
): number {
  const changed = [...latest(entries).values()];
  return changed.filter((record) => accepts(record) && (!top || isNewer(record, top))).length;
}

/** Without the rows before an instant: they are the last ones. */
export function startingAt(rows: Rows, from: number): Rows {
  let end = rows.length;
  while (end > 0 && (rows[end - 1]?.t ?? from) < from) end -= 1;
  return end === rows.length ? rows : rows.slice(0, end);
}

function latest(entries: readonly LogEntry[]): ReadonlyMap<string, UsageRecord> {
  return new Map(entries.flatMap((entry) => entry.records.map((record) => [record.id, record])));
}

/** Ids are integers of up to 64 bits, written as strings. */
function newestFirst(one: UsageRecord, other: UsageRecord): number {
  if (one.t !== other.t) return other.t - one.t;
  if (one.id === other.id) return 0;
  return BigInt(one.id) > BigInt(other.id) ? -1 : 1;
}

function merged(rows: Rows, added: Rows): Rows {
  const all: UsageRecord[] = [];
  let next = 0;
  for (const row of rows) {
    for (let record = added[next]; record && isNewer(record, row); record = added[next]) {
      all.push(record);
      next += 1;
    }
    all.push(row);
  }
  return all.concat(added.slice(next));
}
