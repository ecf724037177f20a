import { expect, test } from "vitest";
import { amountDraft, amountOf } from "./amount";
import { formatOf } from "./format";

test.each([
  [0, "¥0"],
  [9, "¥0.009"],
  [12_340, "¥12.34"],
  [1_234_567, "¥1,234.567"],
  [-34, "−¥0.034"],
])("%d thousandths of a yuan read %s", (value, text) => {
  expect(formatOf("en", "UTC", "yuan").amount(value)).toBe(text);
  expect(formatOf("zh-CN", "UTC", "yuan").amountWithUnit(value)).toBe(text);
});

test("credits are named within sentences", () => {
  expect(formatOf("en", "UTC").amountWithUnit(1_234.5)).toBe("1,234.5 credits");
  expect(formatOf("zh-CN", "UTC").amountWithUnit(1_234)).toBe("1,234 积分");
  expect(formatOf("en", "UTC").signedAmount(7_020)).toBe("+7,020");
});

test.each([
  ["12.345", 12_345],
  ["0.5", 500],
  ["7", 7_000],
  ["1.2345", null],
  ["-1", null],
  ["", null],
])("%s typed in yuan is %s thousandths", (text, amount) => {
  expect(amountOf(text, "yuan")).toBe(amount);
});

test("credits are whole, and a stored amount is shown as typed", () => {
  expect(amountOf("12", "credits")).toBe(12);
  expect(amountOf("1.5", "credits")).toBeNull();
  expect(amountDraft(12_345, "yuan")).toBe("12.345");
  expect(amountDraft(null, "yuan")).toBe("");
});
