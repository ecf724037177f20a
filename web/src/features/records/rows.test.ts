import { expect, test } from "vitest";
import type { LogEntry } from "@/api/live/log";
import { record } from "@/test/samples";
import { broughtUpToDate, countAbove, startingAt } from "./rows";

const row = (id: number, t = id * 1_000, credits = 1) => record({ id: String(id), t, credits });
const entry = (...records: ReturnType<typeof row>[]): LogEntry => ({
  after: 0,
  revision: 1,
  records,
});
const all = { accepts: () => true, hasMore: false };
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => Number(id));

test("without new records the rows stay unchanged", () => {
  const rows = [row(2), row(1)];
  expect(broughtUpToDate(rows, [], all)).toBe(rows);
});

test("new records are on top, late ones at their time", () => {
  const rows = [row(5), row(2)];
  expect(ids(broughtUpToDate(rows, [entry(row(6), row(3)), entry(row(7))], all))).toEqual([
    7, 6, 5, 3, 2,
  ]);
});

test("of one second, the higher id is the newer", () => {
  expect(ids(broughtUpToDate([row(2, 500)], [entry(row(3, 500), row(1, 500))], all))).toEqual([
    3, 2, 1,
  ]);
});

test("ids are compared as integers of any size", () => {
  const [low, high] = ["9007199254740993", "10000000000000000000"];
  const rows = [record({ id: low, t: 500 })];
  const shown = broughtUpToDate(rows, [entry(record({ id: high, t: 500 }))], all);
  expect(shown.map(({ id }) => id)).toEqual([high, low]);
});

test("a record that has changed is there once, in its latest form", () => {
  const rows = broughtUpToDate(
    [row(2), row(1)],
    [entry(row(1, 1_000, 5)), entry(row(1, 1_000, 9))],
    all,
  );
  expect(ids(rows)).toEqual([2, 1]);
  expect(rows[1]?.credits).toBe(9);
});

test("one that no longer belongs to the filter goes", () => {
  const terms = { accepts: (r: { credits: number }) => r.credits < 5, hasMore: false };
  expect(ids(broughtUpToDate([row(2), row(1)], [entry(row(1, 1_000, 9))], terms))).toEqual([2]);
});

test("records older than the last fetched row wait for their page", () => {
  const rows = [row(9), row(8)];
  expect(ids(broughtUpToDate(rows, [entry(row(3))], { ...all, hasMore: true }))).toEqual([9, 8]);
  expect(ids(broughtUpToDate(rows, [entry(row(3))], all))).toEqual([9, 8, 3]);
});

test("records added above a row are counted once each", () => {
  const entries = [entry(row(5), row(6)), entry(row(6, 6_000, 2), row(1))];
  expect(countAbove(row(4), entries, () => true)).toBe(2);
  expect(countAbove(undefined, entries, () => true)).toBe(3);
});

test("rows that have fallen out of the range are left off the end", () => {
  const rows = [row(3), row(2), row(1)];
  expect(ids(startingAt(rows, 2_000))).toEqual([3, 2]);
  expect(startingAt(rows, 0)).toBe(rows);
});
