import { afterEach, expect, test, vi } from "vitest";
import { findBrowserZone, isUsableZone } from "./timeZone";

afterEach(() => {
  vi.unstubAllGlobals();
});

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

test.each([
  ["+08:00", "Etc/GMT-8"],
  ["-03:00", "Etc/GMT+3"],
  ["UTC+8", "Etc/GMT-8"],
  ["GMT+10:00", "Etc/GMT-10"],
])("a reported offset of %s becomes the zone %s", (offset, zone) => {
  reportZone(offset);
  expect(findBrowserZone()).toEqual({ zone, isKnown: true });
});

test.each(["Etc/Unknown", "Asia/Beijing", "", undefined, "+05:30", "+99:00", "UTC+8:30"])(
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

test("a zone that the system names is used at once; an unknown one is not", () => {
  vi.stubGlobal("Temporal", { Now: { timeZoneId: () => "Asia/Kolkata" } });
  expect(findBrowserZone()).toEqual({ zone: "Asia/Kolkata", isKnown: true });
  vi.stubGlobal("Temporal", { Now: { timeZoneId: () => "Etc/Unknown" } });
  reportZone("Etc/Unknown");
  expect(findBrowserZone()).toEqual({ zone: "UTC", isKnown: false });
});
