import { expect, test } from "vitest";
import { assignLooks, makeModelLooks } from "./modelLooks";
import { PALETTE } from "./palette";

const models = Array.from({ length: 20 }, (_, at) => `model-${at}`);

test("as many models as there are colours get different colours", () => {
  const slots = models
    .slice(0, PALETTE.length)
    .map((model) => assignLooks(models).get(model)?.slot);
  expect(new Set(slots).size).toBe(PALETTE.length);
});

test("a new model does not change the look of another", () => {
  for (const [at, model] of models.entries()) {
    const before = assignLooks(models.slice(0, at)).get(model);
    if (before) expect(assignLooks(models).get(model)).toEqual(before);
  }
  const few = assignLooks(models.slice(0, 12));
  for (const [model, look] of few) expect(assignLooks(models).get(model)).toEqual(look);
});

test("the first twenty models all look different", () => {
  const { lookOf } = makeModelLooks(models);
  const looks = models.map((model) => JSON.stringify(lookOf(model, "light")));
  expect(new Set(looks).size).toBe(20);
});

test("a family gets its own colour, whichever models come first", () => {
  const looks = assignLooks([
    "gpt-5",
    "claude-opus-4-1",
    "claude-opus-4-5",
    "gemini",
    "claude-haiku-4",
  ]);
  expect(looks.get("claude-opus-4-1")?.slot).toBe(0);
  expect(looks.get("claude-haiku-4")?.slot).toBe(2);
  const sonnet = "claude-sonnet-4-5-20250929";
  expect(assignLooks([sonnet]).get(sonnet)?.slot).toBe(1);
});

test("an unlisted model looks as it will once the server lists it", () => {
  const next = "claude-opus-4-5-20251101";
  const before = makeModelLooks(models.slice(0, 6)).lookOf(next, "light");
  expect(makeModelLooks([...models.slice(0, 6), next]).lookOf(next, "light")).toEqual(before);
});

test("reading the looks of unlisted models changes none of them", () => {
  const looks = makeModelLooks([]);
  const look = (model: string) => looks.lookOf(model, "dark");
  const first = models.map(look);
  expect(models.toReversed().map(look).toReversed()).toEqual(first);
});

test("the first four models of known families have solid lines", () => {
  const few = ["claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5", "claude-sonnet-4"];
  const { lookOf } = makeModelLooks(few);
  expect(few.map((model) => lookOf(model, "light").dash)).toEqual([null, null, null, null]);
});
