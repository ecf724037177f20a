import { expect, test } from "vitest";
import { record } from "@/test/samples";
import { append, EMPTY_LOG, entriesSince } from "./log";

const start = { revision: 20, entries: [] };
const records = (count: number) =>
  Array.from({ length: count }, (_, id) => record({ id: String(id) }));

test("whoever stands at the log's end lacks nothing", () => {
  expect(entriesSince(start, 20)).toEqual([]);
  expect(entriesSince(EMPTY_LOG, 3)).toEqual([]);
});

test("what lies after a revision is given in order", () => {
  const log = append(append(start, 22, records(2)), 23, records(1));
  expect(entriesSince(log, 20)?.map((entry) => entry.revision)).toEqual([22, 23]);
  expect(entriesSince(log, 22)?.map((entry) => entry.revision)).toEqual([23]);
});

test("a revision inside an entry, or before the log, cannot be brought up to date", () => {
  const log = append(start, 22, records(2));
  expect(entriesSince(log, 21)).toBeNull();
  expect(entriesSince(log, 19)).toBeNull();
});

test("the log does not grow without end", () => {
  let log: Parameters<typeof append>[0] = start;
  for (let batch = 1; batch <= 30; batch += 1) log = append(log, 20 + batch * 1000, records(1000));
  expect(log.entries).toHaveLength(20);
  expect(entriesSince(log, 20)).toBeNull();
  expect(entriesSince(log, 29_020)).toHaveLength(1);
});
