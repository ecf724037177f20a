import { beforeEach, expect, test } from "vitest";
import { claimLooks, forgetLooks, knowModels, lookOf, looksOf } from "./modelLooks";
import { PALETTE } from "./palette";

beforeEach(forgetLooks);

const names = Array.from({ length: 20 }, (_, at) => `model-${at}`);

test("as many models as there are colours each have their own", () => {
  const slots = names.slice(0, PALETTE.length).map((name) => looksOf(names).get(name)?.slot);
  expect(new Set(slots).size).toBe(PALETTE.length);
});

test("a model that comes later changes no other's look", () => {
  for (const [at, name] of names.entries()) {
    const before = looksOf(names.slice(0, at)).get(name);
    if (before) expect(looksOf(names).get(name)).toEqual(before);
  }
  const few = looksOf(names.slice(0, 12));
  for (const [name, look] of few) expect(looksOf(names).get(name)).toEqual(look);
});

test("no two of the first twenty models look the same", () => {
  const looks = [...looksOf(names).values()].map((look) => `${look.slot} ${look.dash}`);
  expect(new Set(looks).size).toBe(20);
});

test("a family has its own colour, whoever came before it", () => {
  const looks = looksOf([
    "gpt-5",
    "claude-opus-4-1",
    "claude-opus-4-5",
    "gemini",
    "claude-haiku-4",
  ]);
  expect(looks.get("claude-opus-4-1")?.slot).toBe(0);
  expect(looks.get("claude-haiku-4")?.slot).toBe(2);
  expect(looksOf(["claude-sonnet-4-5-20250929"]).get("claude-sonnet-4-5-20250929")?.slot).toBe(1);
});

test("the server's list decides, whatever this browser has met before, and in which order", () => {
  knowModels(names);
  const looks = names.map(lookOf);
  forgetLooks();
  claimLooks(names.toReversed().slice(0, 5));
  claimLooks(["another"]);
  knowModels(names);
  expect(names.map(lookOf)).toEqual(looks);
});

test("models that are not listed yet look the same in whatever order an answer has them", () => {
  claimLooks(names);
  const looks = names.map(lookOf);
  forgetLooks();
  claimLooks(names.toReversed());
  expect(names.map(lookOf)).toEqual(looks);
});
