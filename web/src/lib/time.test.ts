import { afterEach, expect, test, vi } from "vitest";
import { floorTo, formatInstant, fromFieldText, HOUR_MS, instantOfWall, zoneShift } from "./time";

afterEach(() => {
  vi.unstubAllGlobals();
});

const t = Date.parse("2025-08-25T13:39:44.230Z");

test("an instant reads as in the specification, in the zone that is asked for", () => {
  expect(formatInstant(t, "UTC")).toBe("2025-08-25 13:39:44");
  expect(formatInstant(t, "Asia/Shanghai")).toBe("2025-08-25 21:39:44");
  expect(formatInstant(Date.parse("2025-01-01T00:00:00Z"), "UTC")).toBe("2025-01-01 00:00:00");
});

test("the system's own zone reads the same", () => {
  const instants = [t, Date.parse("2024-02-29T23:05:09Z"), Date.parse("2025-12-01T00:00:00Z")];
  const read = () => instants.map((one) => formatInstant(one, "UTC"));
  const expected = read();
  vi.stubGlobal("Temporal", { Now: { timeZoneId: () => "UTC" } });
  const formatted = vi.spyOn(Intl.DateTimeFormat.prototype, "formatToParts");
  expect(read()).toEqual(expected);
  expect(formatted).not.toHaveBeenCalled();
});

test("days and hours begin by the zone's clock, half-hour zones included", () => {
  expect(formatInstant(floorTo(t, HOUR_MS, "Asia/Kolkata"), "Asia/Kolkata")).toBe(
    "2025-08-25 19:00:00",
  );
  expect(formatInstant(floorTo(t, 24 * HOUR_MS, "Asia/Shanghai"), "Asia/Shanghai")).toBe(
    "2025-08-25 00:00:00",
  );
});

test("a day on which the clock changes begins at its own midnight", () => {
  const noon = Date.parse("2025-03-30T12:00:00Z");
  const start = floorTo(noon, 24 * HOUR_MS, "Europe/Berlin");
  expect(new Date(start).toISOString()).toBe("2025-03-29T23:00:00.000Z");
  const next = floorTo(noon + 24 * HOUR_MS, 24 * HOUR_MS, "Europe/Berlin");
  expect(next - start).toBe(23 * HOUR_MS);
});

test("an hour that comes twice is read as its first", () => {
  const wall = Date.UTC(2025, 9, 26, 2, 30);
  expect(new Date(instantOfWall(wall, "Europe/Berlin")).toISOString()).toBe(
    "2025-10-26T00:30:00.000Z",
  );
});

test("a date field's text is read by the zone's clock", () => {
  expect(fromFieldText("2025-08-25T21:39", "Asia/Shanghai")).toBe(
    Date.parse("2025-08-25T13:39:00Z"),
  );
  expect(fromFieldText("2025-02-30T99:00", "UTC")).toBeNull();
});

test("a zone's distance from UTC is named", () => {
  expect(zoneShift(t, "UTC")).toBe("UTC");
  expect(zoneShift(t, "Asia/Kolkata")).toBe("UTC+5:30");
  expect(zoneShift(t, "America/New_York")).toBe("UTC−4");
});
