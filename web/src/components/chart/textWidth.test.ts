import { expect, test } from "vitest";
import { fitting, textWidth } from "./textWidth";

test("a label that is wider than its hour is left out", () => {
  const label = "site +1,234";
  expect(fitting(label, textWidth(label))).toBe(label);
  expect(fitting(label, textWidth(label) - 1)).toBe("");
});

test("a Chinese label needs more room than an English one of as many letters", () => {
  expect(fitting("站点 +12", 60)).toBe("站点 +12");
  expect(fitting("站点站点站点", 60)).toBe("");
});
