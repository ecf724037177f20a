import { expect, test } from "vitest";
import { sizeOf, widthMeter } from "./letters";

test("a line is as high as its font, without the browser being asked for a Chinese letter", () => {
  const measure = widthMeter();
  expect(measure("国", "600 11px Geist, sans-serif").width).toBe(11);
});

test("every other text is as wide as the browser draws it", () => {
  expect(widthMeter()("1,234", "12px Geist").width).toBe(5 * 7);
});

test.each([
  ["12px sans-serif", 12],
  ["normal normal 600 11.5px 'A 9', serif", 11.5],
  ["", 12],
])("the size in the font %j is %d", (font, size) => {
  expect(sizeOf(font)).toBe(size);
});
