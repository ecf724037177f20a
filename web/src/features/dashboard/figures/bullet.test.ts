import { expect, test } from "vitest";
import { bulletOf, verdictOf } from "./bullet";

const hour = { class: "weekday", hour: 1, p25: 900, p50: 1200, p75: 1600, n: 12 } as const;

test("a rate above the usual range is drawn to the right of it, within the track", () => {
  const { from, to, at } = bulletOf(2888, hour);
  expect(from).toBeLessThan(to);
  expect(to).toBeLessThan(at);
  expect(at).toBeLessThan(100);
});

test("a rate of zero without usual spend is drawn at the start", () => {
  const none = { ...hour, p25: 0, p50: 0, p75: 0 };
  expect(bulletOf(0, none)).toEqual({ from: 0, to: 0, at: 0 });
});

test("a rate is above, within or below the usual range, whose ends belong to it", () => {
  expect([899, 900, 1600, 1601].map((rate) => verdictOf(rate, hour))).toEqual([
    "below",
    "within",
    "within",
    "above",
  ]);
});
