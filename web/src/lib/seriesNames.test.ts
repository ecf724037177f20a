import { expect, test } from "vitest";
import { seriesNames } from "./seriesNames";

const LONG = "sk-ant-api03-0123456789abcdef-laptop";

test("short keys stay whole, long ones keep both ends, and requests without a key have a name", () => {
  const names = seriesNames("api_key", ["ci", LONG, ""], "No key");
  expect([...names.values()]).toEqual(["ci", "sk-ant-a…laptop", "No key"]);
});

test("keys whose short names are equal stay whole", () => {
  const other = "sk-ant-api03-9876543210abcdef-laptop";
  const names = seriesNames("api_key", [LONG, other], "No key");
  expect([...names.values()]).toEqual([LONG, other]);
});

test("models have their short names", () => {
  const [name] = seriesNames("model", ["claude-opus-4-5-20251101"], "No key").values();
  expect(name).toBe("Opus 4.5");
});
