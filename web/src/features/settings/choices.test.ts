/** Whatever a zone is called by those who live in it finds it. */
import { expect, test } from "vitest";
import { isMatch, otherNamesOf, zonesOf } from "./choices";

function found(search: string, locale: string): readonly string[] {
  return zonesOf().filter((zone) => isMatch(`${zone} ${otherNamesOf(zone, locale)}`, "", search));
}

test.each([
  ["york new", "en", "America/New_York"],
  ["kathmandu", "en", "Asia/Katmandu"],
  ["kolkata", "en", "Asia/Calcutta"],
  ["india", "en", "Asia/Calcutta"],
  ["ho chi minh", "zh-CN", "Asia/Saigon"],
  ["中国", "zh-CN", "Asia/Shanghai"],
])("%s, searched in %s, finds %s", (search, locale, zone) => {
  expect(found(search, locale)).toContain(zone);
});

test("an unknown name finds nothing", () => {
  expect(found("atlantis", "en")).toEqual([]);
});
