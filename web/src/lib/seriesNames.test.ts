import { expect, test } from "vitest";
import { seriesNames } from "./seriesNames";

const TEXTS = { noKey: "No key", others: (count: number) => `${count} others` };
const series = (...keys: readonly string[]) => keys.map((key) => ({ key }));

const LONG = "sk-ant-api03-0123456789abcdef-laptop";

test("short keys stay whole, long ones keep both ends, and requests without a key have a name", () => {
  const names = seriesNames("api_key", series("ci", LONG, ""), TEXTS);
  expect([...names.values()]).toEqual(["ci", "sk-ant-a…laptop", "No key"]);
});

test("keys whose short names are equal stay whole", () => {
  const other = "sk-ant-api03-9876543210abcdef-laptop";
  const names = seriesNames("api_key", series(LONG, other), TEXTS);
  expect([...names.values()]).toEqual([LONG, other]);
});

test("models have their short names", () => {
  const [name] = seriesNames("model", series("claude-opus-4-5-20251101"), TEXTS).values();
  expect(name).toBe("Opus 4.5");
});

test("the sum of the small series is named by their number, not by its key", () => {
  const found = [...series("others"), { key: "others ", others: 250 }];
  expect([...seriesNames("model", found, TEXTS).values()]).toEqual(["others", "250 others"]);
});
