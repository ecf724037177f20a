import { expect, test } from "vitest";
import { type Filter, NO_FILTER } from "@/lib/filter";
import { record } from "@/test/samples";
import { boundsOf, isMeant, isNarrowed, queryOf } from "./filter";

const OPEN = { from: undefined, to: undefined };

test("the last hours are open at their end, a span is not", () => {
  expect(boundsOf(NO_FILTER, { kind: "last", hours: 1 }, 7_200_000)).toEqual({
    from: 3_600_000,
    to: undefined,
  });
  expect(boundsOf(NO_FILTER, { kind: "span", from: 1, to: 2 }, 9)).toEqual({ from: 1, to: 2 });
});

test("all there is has no bounds", () => {
  const filter = { ...NO_FILTER, isInRange: false };
  expect(boundsOf(filter, { kind: "last", hours: 1 }, 7_200_000)).toEqual(OPEN);
});

const CASES: readonly (readonly [Partial<Filter>, Parameters<typeof record>[0]])[] = [
  [{ model: "a" }, { model: "a" }],
  [{ endpoint: "v1/x" }, { endpoint: "v1/x" }],
  [{ counts: false }, { counts: false }],
  [{ leastCredits: 50 }, { credits: 50 }],
];

test.each(CASES)("what comes live is judged by %j as the server does", (part, change) => {
  const filter = { ...NO_FILTER, ...part };
  expect(isMeant(record(change), filter, OPEN)).toBe(true);
  expect(isMeant(record(), filter, OPEN)).toBe(false);
  expect(isNarrowed(filter)).toBe(true);
});

test("the end of a span does not belong to it, its beginning does", () => {
  const bounds = { from: 10, to: 20 };
  expect([9, 10, 19, 20].map((t) => isMeant(record({ t }), NO_FILTER, bounds))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test("the server is asked for only the filtered records", () => {
  const filter = { ...NO_FILTER, model: "a", counts: false, leastCredits: 3 };
  expect(queryOf(filter, { from: 1, to: undefined })).toEqual({
    from: "1",
    to: undefined,
    model: "a",
    endpoint: undefined,
    counts: false,
    min_credits: 3,
  });
});
