import { expect, test } from "vitest";
import { amountColumn, percentColumn } from "./column";
import { formatOf } from "./format";

const credits = formatOf("en", "UTC");
const yuan = formatOf("zh-CN", "UTC", "yuan");

test.each([
  [
    [0.43, 0.428, 0.142],
    ["43.0%", "42.8%", "14.2%"],
  ],
  [
    [0.5, 0.25, 0.25],
    ["50%", "25%", "25%"],
  ],
  [
    [1, 0.0004],
    ["100%", "0%"],
  ],
])("shares %j of a column have equal decimals", (shares, texts) => {
  expect(shares.map(percentColumn(credits, shares))).toEqual(texts);
});

test.each([
  [
    [20, 20.9, 1_234.5],
    ["20.0", "20.9", "1,234.5"],
  ],
  [
    [13, 14],
    ["13", "14"],
  ],
  [
    [0.04, 1_200],
    ["0", "1,200"],
  ],
  [[], []],
])("amounts %j of a column have equal decimals", (values, texts) => {
  expect(values.map(amountColumn(credits, values, 1))).toEqual(texts);
});

test("amounts in yuan as well", () => {
  const values = [12_345, 300, -70];
  expect(values.map(amountColumn(yuan, values))).toEqual(["¥12.345", "¥0.300", "−¥0.070"]);
});
