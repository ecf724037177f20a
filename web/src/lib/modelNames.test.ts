import { expect, test } from "vitest";
import { shortName, shortNames } from "./modelNames";

test.each([
  ["claude-opus-4-5-20251101", "Opus 4.5"],
  ["claude-sonnet-4-20250514", "Sonnet 4"],
  ["claude-3-5-haiku-20241022", "Haiku 3.5"],
  ["claude-3-opus-20240229", "Opus 3"],
  ["claude-sonnet-4-5-20250929-thinking", "Sonnet 4.5 thinking"],
  ["claude-opus-4-1", "Opus 4.1"],
  ["gpt-5.1-codex", "gpt-5.1-codex"],
  ["", ""],
])("%s is called %s", (id, name) => {
  expect(shortName(id)).toBe(name);
});

test("models with the same short name are distinguished by their date", () => {
  const ids = ["claude-sonnet-4-5-20250929", "claude-sonnet-4-5-20251101", "claude-haiku-4-5"];
  expect([...shortNames(ids).values()]).toEqual([
    "Sonnet 4.5 20250929",
    "Sonnet 4.5 20251101",
    "Haiku 4.5",
  ]);
});

test("no two models get the same name, whatever their ids are", () => {
  const ids = ["Opus 4", "claude-opus-4", "claude-opus-4-20250514", "claude-4-opus", "x"];
  expect(new Set(shortNames(ids).values()).size).toBe(ids.length);
});
