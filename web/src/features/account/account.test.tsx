/** The account in the settings, and the use of a reset. */
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { Settings } from "@/api/types";
import { changeAddress } from "@/hooks/useAddress";
import { show } from "@/test/render";
import { settings, status } from "@/test/samples";
import { server } from "@/test/server";
import { AccountSection } from "./AccountSection";
import { ResetDialog } from "./ResetDialog";

const versions = { ...status.versions, account: 3 };
const entry = {
  id: 1,
  at: "2025-08-24T08:00:00.000Z",
  by: "time",
  state: "skipped",
  before: null,
  after: null,
  amount: null,
  remaining: null,
  reason: "reset_not_available",
};
const account = {
  unit: "credits",
  plan: "PRO",
  balance: 980,
  parts: [{ key: "bonus", v: 39 }],
  max: 8000,
  recovery_per_h: 200,
  expires_at: null,
  at: "2025-08-25T13:39:00.000Z",
  reset: { available: true, remaining: 1, last_at: null },
  resets: [entry],
  sources: { credits: "ok" },
  versions: { account: 3, settings: 1 },
};
const history = {
  unit: "credits",
  t: [1_756_120_000_000, 1_756_123_600_000, 1_756_127_200_000],
  balance: [2_000, 7_000, 980],
  events: [{ t: 1_756_123_600_000, kind: "top_up", amount: 5_000, by: "site" }],
  unexplained: [{ t: 1_756_123_600_000, v: 14 }],
  versions: { account: 3, settings: 1 },
};
const forecast = {
  state: "unavailable",
  reason: "beaten_by_line",
  unit: "credits",
  empty_at: null,
  empty_since: null,
  chance: [],
  pace: { per_h: 100, empty_at: null },
  back_test: { held: 0.4, n: 41, line: 0.44 },
  versions,
};

/** A server with this account; `use` answers a reset. */
function serve(change: object = {}, use: () => Response = () => HttpResponse.error()) {
  const asked: string[] = [];
  server.use(
    http.get("*/api/account", () => HttpResponse.json({ ...account, ...change })),
    http.get("*/api/account/history", () => HttpResponse.json(history)),
    http.get("*/api/forecast", () => HttpResponse.json(forecast)),
    http.post("*/api/account/reset", () => {
      asked.push("reset");
      return use();
    }),
  );
  return asked;
}

async function showAccount(part = <AccountSection settings={settings} />) {
  const shown = show(part);
  await shown.stream.greet(20);
  await shown.stream.say("status", { ...status, versions });
  return shown;
}

beforeEach(() => changeAddress({ dialog: "reset" }, "replace"));

test("balance, parts, recovery and the unexplained remainder are listed", async () => {
  serve();
  await showAccount();
  const section = within(await screen.findByRole("region", { name: "Account" }));
  expect(await section.findByText("980 credits")).toBeVisible();
  expect(section.getByText("200 credits per hour")).toBeVisible();
  expect(await section.findByText("14 credits")).toBeVisible();
  expect(
    section.getByRole("img", { name: /from 2,000 credits to 980 credits; 1 change/ }),
  ).toBeVisible();
  expect(section.getByText("Top-up +5,000")).toBeVisible();
});

test("a forecast that does not beat a straight line is not shown, and its test is", async () => {
  serve();
  await showAccount();
  expect(await screen.findByText(/no better than a straight line/)).toBeVisible();
  expect(
    screen.getByText(/right 40% of the time \(41 tests\); a straight line, 44%/),
  ).toBeVisible();
});

test("the log says who asked for a reset, and why it was skipped", async () => {
  serve();
  await showAccount();
  const log = within(await screen.findByRole("list", { name: "Resets" }));
  expect(log.getByText("daily")).toBeVisible();
  expect(log.getByText("Skipped")).toBeVisible();
  expect(log.getByText(/does not offer a reset at present/)).toBeVisible();
});

test("without a reset on the site, nothing of resets is shown", async () => {
  serve({ reset: null, resets: [] });
  await showAccount();
  expect(await screen.findByText("980 credits")).toBeVisible();
  expect(screen.queryByText("Automatic reset")).toBeNull();
  expect(screen.queryByRole("button", { name: "Reset…" })).toBeNull();
});

test("an automatic reset is saved with its time and its limits", async () => {
  serve();
  const sent: Partial<Settings>[] = [];
  server.use(
    http.patch("/api/settings", async ({ request }) => {
      sent.push((await request.json()) as Partial<Settings>);
      return HttpResponse.json({ ...settings, ...Object.assign({}, ...sent) });
    }),
  );
  const { user } = await showAccount();
  await user.click(await screen.findByRole("switch", { name: "Every day" }));
  await waitFor(() =>
    expect(sent).toEqual([{ auto_reset: { at: "08:00", below: null, between: null } }]),
  );
});

test("a reset says what it does, and is asked for once", async () => {
  const done = { before: 980, after: 8000, amount: 7020, remaining: 0 };
  const asked = serve({}, () => HttpResponse.json(done));
  const { user } = await showAccount(<ResetDialog />);
  const dialog = within(screen.getByRole("dialog", { name: "Reset the balance" }));
  expect(await dialog.findByText("+7,020")).toBeVisible();
  expect(dialog.getByText("1 → 0")).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Reset to 8,000 credits" }));
  expect(await dialog.findByText("Reset done: +7,020 credits.")).toBeVisible();
  expect(asked).toEqual(["reset"]);
});

test("after a lost answer there is no way to ask again", async () => {
  const problem = { status: 502, code: "reset_doubtful", detail: "Lost." };
  const asked = serve({}, () => HttpResponse.json(problem, { status: 502 }));
  const { user } = await showAccount(<ResetDialog />);
  await user.click(await screen.findByRole("button", { name: "Reset to 8,000 credits" }));
  expect(await screen.findByText(/answer was lost/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Reset/ })).toBeNull();
  expect(asked).toEqual(["reset"]);
});

test("a used reset cannot be asked for", async () => {
  serve({ reset: { available: false, remaining: 0, last_at: null } });
  await showAccount(<ResetDialog />);
  expect(await screen.findByText("Today's reset has been used.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Reset to 8,000 credits" })).toBeDisabled();
});
