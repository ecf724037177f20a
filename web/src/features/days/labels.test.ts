import { expect, test } from "vitest";
import { DAY_MS } from "@/lib/time";
import { daysOf } from "./days";
import { labelled } from "./labels";

function places(start: string, count: number) {
  const from = Date.parse(start);
  const span = { from, to: from + count * DAY_MS };
  const days = daysOf({ series: [], gaps: [], span, past: span, zone: "UTC" });
  return labelled(days, (t) => new Date(t).getUTCDate());
}

test("few days are all named", () => {
  expect([...places("2026-11-21T00:00Z", 7).keys()]).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("of a month Mondays are named, the first and the last day, and none too close to them", () => {
  expect([...places("2026-10-29T00:00Z", 30).keys()]).toEqual([0, 4, 11, 18, 25, 29]);
  expect([...places("2026-10-30T00:00Z", 27).keys()]).toEqual([3, 10, 17, 26]);
});

test("of many days the first of each month is named", () => {
  expect([...places("2026-09-20T00:00Z", 90).keys()]).toEqual([11, 42, 72]);
});

test("a phone leaves out the labels that would touch the first or the last", () => {
  const found = places("2026-10-29T00:00Z", 30);
  expect([0, 4, 25, 29].map((at) => found.get(at))).toEqual(["wide", "all", "wide", "all"]);
});
