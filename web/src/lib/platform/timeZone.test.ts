import { expect, test, vi } from "vitest";
import { findBrowserZone, isUsableZone } from "./timeZone";

function reportZone(timeZone: unknown) {
  const options = Intl.DateTimeFormat("en").resolvedOptions();
  vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({
    ...options,
    timeZone: timeZone as string,
  });
}

test("a zone that the browser can format is used", () => {
  reportZone("Asia/Shanghai");
  expect(findBrowserZone()).toEqual({ zone: "Asia/Shanghai", isKnown: true });
});

test.each(["Etc/Unknown", "Asia/Beijing", "", undefined])(
  "a reported zone of %s becomes UTC",
  (zone) => {
    reportZone(zone);
    expect(findBrowserZone()).toEqual({ zone: "UTC", isKnown: false });
  },
);

test("a browser that cannot report its zone uses UTC", () => {
  vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockImplementation(() => {
    throw new RangeError("Unsupported time zone");
  });
  expect(findBrowserZone()).toEqual({ zone: "UTC", isKnown: false });
});

test("only zones that can be formatted are usable", () => {
  expect(isUsableZone("Asia/Shanghai")).toBe(true);
  expect(isUsableZone("Asia/Beijing")).toBe(false);
});
