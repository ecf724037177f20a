import { expect, test } from "vitest";
import { timeOfDay } from "./timeOfDay";

test.each([
  ["07:30", "07:30"],
  ["7:30", "07:30"],
  ["730", "07:30"],
  ["0730", "07:30"],
  ["7：30", "07:30"],
  [" 23 ", "23:00"],
  ["0", "00:00"],
])("%s is %s", (typed, time) => {
  expect(timeOfDay(typed)).toBe(time);
});

test.each(["", "24:00", "12:60", "7:3", "midnight", "12:00 AM"])(
  "%s is no time of day",
  (typed) => {
    expect(timeOfDay(typed)).toBeNull();
  },
);
