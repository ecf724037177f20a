import { expect, test, vi } from "vitest";
import { preferredLanguages } from "./locale";

test("tags that are no languages are left out", () => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["C", "en-US@posix", "zh-CN"]);
  expect(preferredLanguages()).toEqual(["zh-CN"]);
});

test("a browser without a list of languages has the one it names", () => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(undefined as never);
  vi.spyOn(navigator, "language", "get").mockReturnValue("en-GB");
  expect(preferredLanguages()).toEqual(["en-GB"]);
});
