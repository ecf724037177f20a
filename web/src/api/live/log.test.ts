import { expect, test } from "vitest";
import { record } from "@/test/samples";
import { appendRecords, EMPTY_LOG, entriesSince } from "./log";

const start = { revision: 20, entries: [] };
const event = (revision: number, count: number) => ({
  revision,
  records: Array.from({ length: count }, (_, id) => record({ id: String(id) })),
});

test("an answer at the end of the log lacks nothing", () => {
  expect(entriesSince(start, 20)).toEqual([]);
  expect(entriesSince(EMPTY_LOG, 3)).toEqual([]);
});

test("the entries after a revision come in order", () => {
  const log = appendRecords(appendRecords(start, event(22, 2)), event(23, 1));
  expect(entriesSince(log, 20)?.map((entry) => entry.revision)).toEqual([22, 23]);
  expect(entriesSince(log, 22)?.map((entry) => entry.revision)).toEqual([23]);
});

test("a revision inside an entry, or before the log, cannot be brought up to date", () => {
  const log = appendRecords(start, event(22, 2));
  expect(entriesSince(log, 21)).toBeNull();
  expect(entriesSince(log, 19)).toBeNull();
});

test("the log drops its oldest entries", () => {
  let log: Parameters<typeof appendRecords>[0] = start;
  for (let batch = 1; batch <= 30; batch += 1)
    log = appendRecords(log, event(20 + batch * 1000, 1000));
  expect(log.entries).toHaveLength(20);
  expect(entriesSince(log, 20)).toBeNull();
  expect(entriesSince(log, 29_020)).toHaveLength(1);
});
