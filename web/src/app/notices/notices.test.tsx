import { act, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { findBrowserZone } from "@/lib/platform/timeZone";
import { show } from "@/test/render";
import { settings } from "@/test/samples";
import { ClockNotice } from "./ClockNotice";
import { ZoneNotice } from "./ZoneNotice";

function observe(clock: { observe: (sample: never) => void }, aheadMs: number) {
  const now = Date.now();
  const sample = { serverMs: now - aheadMs, widthMs: 0, sentMs: now, receivedMs: now };
  act(() => clock.observe(sample as never));
}

test.each([
  [600_000, /clock is 10 min fast/],
  [-600_000, /clock is 10 min slow/],
])("a clock that is %s ms ahead is shown once with its size", async (ahead, text) => {
  const { live, user } = show(<ClockNotice />);
  expect(screen.queryByRole("status")).toBeNull();
  observe(live.clock, ahead);
  expect(screen.getByRole("status")).toHaveTextContent(text);
  await user.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(screen.queryByRole("status")).toBeNull();
});

test("a difference below a minute is not shown", () => {
  const { live } = show(<ClockNotice />);
  observe(live.clock, 50_000);
  expect(screen.queryByRole("status")).toBeNull();
});

test("an unusable zone of the browser is shown while the settings name none", () => {
  const options = Intl.DateTimeFormat("en").resolvedOptions();
  vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({
    ...options,
    timeZone: "Etc/Unknown",
  });
  expect(findBrowserZone().isKnown).toBe(false);
  const { change } = show(<ZoneNotice />, { settings: { ...settings, time_zone: "auto" } });
  expect(screen.getByRole("status")).toHaveTextContent("Showing UTC");
  change({ settings: { ...settings, time_zone: "Asia/Shanghai" } });
  expect(screen.queryByRole("status")).toBeNull();
});
