/** The account in the settings: balance, run-out and the log of resets. */
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { serveAccount, showWithAccount } from "@/test/account";
import { settings } from "@/test/samples";
import { AccountSection } from "./AccountSection";

const showAccount = () => showWithAccount(<AccountSection settings={settings} />);

test("balance, parts, limits and the unexplained remainder are listed", async () => {
  serveAccount();
  await showAccount();
  const section = within(await screen.findByRole("region", { name: "Account" }));
  expect(await section.findByText("980 credits")).toBeVisible();
  expect(
    section.getByText("of 8,000 credits a day at most · recovers 200 credits per hour"),
  ).toBeVisible();
  expect(section.getByText("39 credits")).toBeVisible();
  expect(await section.findByText("14 credits")).toBeVisible();
  expect(
    section.getByRole("img", { name: /from 2,000 credits to 980 credits; 1 change/ }),
  ).toBeVisible();
  expect(section.getByText("Top-up +5,000")).toBeVisible();
});

test("sources that do not answer are named", async () => {
  serveAccount({ sources: { wallet: "failing", profile: "failing", credits: "not_available" } });
  await showAccount();
  expect(await screen.findByText("wallet, profile")).toBeVisible();
});

test("the run-out is shown at the present pace, with the reason why there is no range", async () => {
  serveAccount({}, undefined, {
    reason: "short_history",
    pace: { per_h: 100, empty_at: "2020-01-01T18:40:00.000Z" },
    back_test: null,
  });
  await showAccount();
  expect(await screen.findByText(/^At the pace of the last 3 h: .*Jan 1/)).toBeVisible();
  expect(screen.getByText("A range needs 14 days of history.")).toBeVisible();
});

test("a forecast that does not beat a straight line is not shown, and its test is", async () => {
  serveAccount();
  await showAccount();
  expect(await screen.findByText(/no better than a straight line/)).toBeVisible();
  expect(
    screen.getByText(/right 40% of the time \(41 tests\); a straight line, 44%/),
  ).toBeVisible();
});

test("at zero, since when is shown, and no forecast", async () => {
  serveAccount({ balance: 0 }, undefined, {
    reason: "empty",
    back_test: null,
    empty_since: "2020-01-01T18:40:00.000Z",
  });
  await showAccount();
  expect(await screen.findByText(/^Empty since .*Jan 1/)).toBeVisible();
  expect(screen.queryByText(/pace/)).toBeNull();
});

test("the log names who requested a reset, and why it was skipped", async () => {
  serveAccount();
  await showAccount();
  const log = within(await screen.findByRole("list", { name: "Resets" }));
  expect(log.getByText("daily")).toBeVisible();
  expect(log.getByText("Skipped")).toBeVisible();
  expect(log.getByText(/does not offer a reset at present/)).toBeVisible();
});

test("the log has resets that were used on the site", async () => {
  const reset = { t: 1_756_123_600_000, kind: "reset", amount: 7_020, by: "site" };
  serveAccount({}, undefined, {}, { events: [reset] });
  await showAccount();
  const log = within(await screen.findByRole("list", { name: "Resets" }));
  expect(await log.findByText("on the site")).toBeVisible();
  expect(log.getByText("+7,020")).toBeVisible();
});

test("without a reset on the site, nothing of resets is shown", async () => {
  serveAccount({ reset: null, resets: [] });
  await showAccount();
  expect(await screen.findByText("980 credits")).toBeVisible();
  expect(screen.queryByText("Automatic reset")).toBeNull();
  expect(screen.queryByRole("button", { name: "Reset…" })).toBeNull();
});
