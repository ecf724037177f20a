import { expect, test } from "vitest";
import { annotations } from "@/i18n/en/annotations";
import { formatOf } from "@/i18n/format";
import { marksOf } from "./marks";

const format = formatOf("en", "UTC");
const event = { by: "user", amount: 7_020 } as const;

test("top-ups, resets and plan changes are marked with their amount", () => {
  const events = [
    { ...event, t: 1_000, kind: "top_up" },
    { ...event, t: 2_000, kind: "reset" },
    { ...event, t: 3_000, kind: "plan" },
  ] as const;
  expect(marksOf({ events }, annotations.events, format)).toEqual([
    { t: 1_000, label: "Top-up +7,020" },
    { t: 2_000, label: "Reset +7,020" },
    { t: 3_000, label: "New plan" },
  ]);
});

test("the hourly recovery is a small mark", () => {
  const events = [{ ...event, t: 1_000, kind: "recovery", amount: 200 }] as const;
  expect(marksOf({ events }, annotations.events, format)).toEqual([
    { t: 1_000, label: "Recovery +200", isMinor: true },
  ]);
});

test("amounts in yuan arrive in thousandths", () => {
  const events = [{ ...event, t: 1_000, kind: "top_up" }] as const;
  const [mark] = marksOf({ events }, annotations.events, formatOf("en", "UTC", "yuan"));
  expect(mark?.label).toBe("Top-up +¥7.02");
});
