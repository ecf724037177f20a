import { act, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { findBrowserZone } from "@/lib/platform/timeZone";
import { show } from "@/test/render";
import { settings, status } from "@/test/samples";
import { ClockNotice } from "./ClockNotice";
import { JournalNotice } from "./JournalNotice";
import { LinkNotice } from "./LinkNotice";
import { SiteClockNotice } from "./SiteClockNotice";
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

test.each([
  [600, /machine is 10 min fast/],
  [-7_200, /machine is 2 h slow/],
])("a server whose clock is %s s ahead of the site's is shown with its size", (ahead, text) => {
  const site = { ...status.site, clock_ahead_s: ahead };
  const { change } = show(<SiteClockNotice />, { status });
  expect(screen.queryByRole("status")).toBeNull();
  change({ status: { ...status, site: { ...site, clock_ahead_s: 0 } } });
  expect(screen.queryByRole("status")).toBeNull();
  change({ status: { ...status, site } });
  expect(screen.getByRole("status")).toHaveTextContent(text);
});

test("a redirect names the other host and leads to the paste box", async () => {
  const link = {
    ...status.link,
    state: "degraded" as const,
    code: "unexpected_redirect",
    detail: "The site redirects to https://www.aicodemirror.ai/login; not followed.",
  };
  const { user } = show(<LinkNotice />, { status: { ...status, link } });
  const notice = screen.getByRole("status");
  expect(notice).toHaveTextContent("The site redirects to aicodemirror.ai");
  expect(notice).toHaveTextContent("The cookie was not sent there");
  await user.click(screen.getByRole("button", { name: "Paste a cookie" }));
  expect(window.location.search).toBe("?dialog=cookie");
});

test("another database's journal is named with its new place", () => {
  const { change } = show(<JournalNotice />, { status });
  expect(screen.queryByRole("status")).toBeNull();
  change({ status: { ...status, other_journal: "/data/creditcurve.db-wal.other" } });
  expect(screen.getByRole("status")).toHaveTextContent("/data/creditcurve.db-wal.other");
});
