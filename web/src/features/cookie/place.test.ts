import { expect, test } from "vitest";
import { inserted, placeOf } from "./place";

test("a fault is named by line and column, and selected as the field counts", () => {
  expect(placeOf("ab\nc\u0001d", 4)).toEqual({ line: 2, column: 2, start: 4, end: 5 });
});

test("characters that take two code units are counted once, as the server does", () => {
  expect(placeOf("😀😀…", 2)).toEqual({ line: 1, column: 3, start: 4, end: 5 });
});

test("an offset behind the end has no place", () => {
  expect(placeOf("ab", 2)).toBeNull();
});

const field = { value: "name=", selectionStart: 5, selectionEnd: 5 };

test("pasted text is inserted at the caret", () => {
  expect(inserted(field, "value", false)).toBe("name=value");
});

test("judged text is replaced completely", () => {
  expect(inserted(field, "other=1", true)).toBe("other=1");
});

test("line ends become those of a text field, so that offsets agree", () => {
  expect(inserted({ ...field, value: "", selectionStart: 0 }, "a\r\nb\rc", false)).toBe("a\nb\nc");
});
