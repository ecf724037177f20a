import { expect, test } from "vitest";
import { apart, lanesIn, lanesOf } from "./lanes";

const label = (left: number, right: number) => ({ left, right });

test("labels that touch go to different lanes", () => {
  expect(lanesOf([label(0, 50), label(40, 90), label(60, 99)], [], 3)).toEqual([0, 1, 0]);
});

test("a label without a free lane is left out", () => {
  expect(lanesOf([label(0, 50), label(10, 20), label(50, 60)], [], 1)).toEqual([0, null, 0]);
});

test("labels keep clear of existing ones", () => {
  expect(lanesOf([label(0, 50), label(60, 80)], [label(45, 55)], 2)).toEqual([null, 0]);
});

test("marks closer than the gap to the one before are left out", () => {
  const places = [0, 5, 12, 20, 24].map((left) => ({ left }));
  expect(apart(places, 12).map(({ left }) => left)).toEqual([0, 12, 24]);
});

test("labels cover at most a quarter of a plot, and have one lane in any", () => {
  expect([40, 79, 80, 200, 240, 272, 900].map(lanesIn)).toEqual([1, 1, 1, 2, 3, 3, 3]);
});
