/** Brings a fetched curve up to date with later records; unchanged series stay the same objects. */
import type { LogEntry } from "@/api/live/log";
import type { Series, Usage, UsageRecord } from "@/api/types";
import { tidy } from "@/lib/columns";

/**
 * Return the curve after these entries, or null if it must be fetched again: bucket sums cannot be
 * corrected here, and a record that is not newer than its series may be a changed one.
 */
export function advance(usage: Usage, entries: readonly LogEntry[]): Usage | null {
  const revision = entries.at(-1)?.revision ?? usage.revision;
  const added = entries
    .flatMap((entry) => entry.records)
    .filter((record) => record.counts && record.t >= usage.from)
    .toSorted((one, other) => one.t - other.t);
  if (added.length === 0) return revision === usage.revision ? usage : { ...usage, revision };
  if (usage.bucket_s !== null || !isAllNew(usage, added)) return null;
  const series = ranked(extended(usage.series, grouped(added, usage.by)));
  return {
    ...usage,
    revision,
    series,
    total: tidy(series.reduce((sum, { total }) => sum + total, 0)),
    requests: usage.requests + added.length,
  };
}

function isAllNew(usage: Usage, added: readonly UsageRecord[]): boolean {
  const latest = new Map(usage.series.map(({ key, t }) => [key, t.at(-1) ?? 0]));
  const ids = new Set(added.map((record) => record.id));
  return (
    ids.size === added.length &&
    added.every((record) => record.t > (latest.get(keyOf(record, usage.by)) ?? 0))
  );
}

/** The series of a record; requests without an API key share one. */
function keyOf(record: UsageRecord, by: Usage["by"]): string {
  return record[by] ?? "";
}

function grouped(
  records: readonly UsageRecord[],
  by: Usage["by"],
): ReadonlyMap<string, readonly UsageRecord[]> {
  const groups = new Map<string, UsageRecord[]>();
  for (const record of records) {
    const key = keyOf(record, by);
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return groups;
}

function extended(
  series: readonly Series[],
  byKey: ReadonlyMap<string, readonly UsageRecord[]>,
): readonly Series[] {
  const known = new Set(series.map(({ key }) => key));
  const newcomers = [...byKey.keys()].filter((key) => !known.has(key)).map(emptySeries);
  return [...series, ...newcomers].map((line) => {
    const records = byKey.get(line.key);
    return records ? withRecords(line, records) : line;
  });
}

/** In the server's order: by credits, the highest first, then by key; the sum of the others is last. */
function ranked(series: readonly Series[]): readonly Series[] {
  return series.toSorted((one, other) => {
    const isOthers = Number((one.others ?? 0) > 0) - Number((other.others ?? 0) > 0);
    return isOthers || other.total - one.total || (one.key < other.key ? -1 : 1);
  });
}

function emptySeries(key: string): Series {
  return { key, t: [], v: [], n: [], total: 0, requests: 0, last: 0 };
}

function withRecords(line: Series, records: readonly UsageRecord[]): Series {
  const credits = records.map((record) => record.credits);
  return {
    key: line.key,
    t: [...line.t, ...records.map((record) => record.t)],
    v: [...line.v, ...credits],
    n: [...line.n, ...records.map(() => 1)],
    total: tidy(credits.reduce((sum, value) => sum + value, line.total)),
    requests: line.requests + records.length,
    last: credits.at(-1) ?? line.last,
  };
}
