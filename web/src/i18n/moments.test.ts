import { expect, test } from "vitest";
import { formatOf } from "@/i18n/format";
import { momentTexts } from "./moments";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const at = (...moments: readonly string[]) => moments.map((text) => Date.parse(text));
const english = formatOf("en", "UTC");

test("moments of today are times", () => {
  const moments = at("2026-11-24T14:00:00Z", "2026-11-24T18:30:00Z");
  expect(momentTexts(moments, NOW, english)).toEqual(["14:00", "18:30"]);
});

test("where one is on a later day, all have their weekday", () => {
  const moments = at("2026-11-24T14:00:00Z", "2026-11-25T18:30:00Z");
  expect(momentTexts(moments, NOW, english)).toEqual(["Tue 14:00", "Wed 18:30"]);
});

test("where one is a week ahead, all are days", () => {
  const moments = at("2026-11-25T00:06:00Z", "2026-12-09T21:20:00Z");
  expect(momentTexts(moments, NOW, english)).toEqual(["Nov 25", "Dec 9"]);
  expect(momentTexts(moments, NOW, formatOf("zh-CN", "UTC"))).toEqual(["11月25日", "12月9日"]);
});
