import { beforeEach, expect, test } from "vitest";
import { claimLooks, forgetLooks, lookOf, looksOf } from "./modelLooks";
import { PALETTE } from "./palette";

beforeEach(forgetLooks);

const names = Array.from({ length: 20 }, (_, at) => `model-${at}`);

test("as many models as there are colours each have their own", () => {
  const slots = names.slice(0, PALETTE.length).map((name) => looksOf(names).get(name)?.slot);
  expect(new Set(slots).size).toBe(PALETTE.length);
});

test("a model that comes later changes no other's look", () => {
  const before = looksOf(names.slice(0, 12));
  const after = looksOf(names);
  for (const [name, look] of before) expect(after.get(name)).toEqual(look);
});

test("no two of the first twenty models look the same", () => {
  const looks = [...looksOf(names).values()].map((look) => `${look.slot} ${look.dash}`);
  expect(new Set(looks).size).toBe(20);
});

test("a look survives a reload, in whatever order the models come then", () => {
  const before = names.map((name) => lookOf(name));
  forgetLooks();
  expect(
    names
      .toReversed()
      .map((name) => lookOf(name))
      .toReversed(),
  ).toEqual(before);
});

test("models that come together look the same in whatever order they are listed", () => {
  claimLooks(names);
  const looks = names.map(lookOf);
  forgetLooks();
  localStorage.clear();
  claimLooks(names.toReversed());
  expect(names.map(lookOf)).toEqual(looks);
});
