import { expect, test } from "vitest";
import { visible } from "./visible";

test.each([
  ["letters, digits and signs", '{"a":1,"ü":"中文 🎉"}', '{"a":1,"ü":"中文 🎉"}'],
  ["line ends and tabs", "a\n\tb", "a\n\tb"],
  ["other control characters", "a\u0000\u001b[31m\u0085", "a\\u0000\\u001b[31m\\u0085"],
  ["what turns the direction", "a\u202eb\u2066c", "a\\u202eb\\u2066c"],
  ["what has no width", "a\u200bb\ufeff", "a\\u200bb\\ufeff"],
  ["half of a pair", "a\ud800", "a\\ud800"],
  ["a tag beyond the basic plane", "\u{e0041}", "\\udb40\\udc41"],
])("%s", (_what, text, seen) => {
  expect(visible(text)).toBe(seen);
});
