/** The balance among the figures, over a mocked network. */
import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import type { Status } from "@/api/types";
import { showPage } from "@/test/render";
import { noRecords, SAMPLE_NOW, status, usage } from "@/test/samples";
import { server } from "@/test/server";

const versions = { ...status.versions, account: 3 };
const account = {
  unit: "credits",
  plan: "PRO",
  balance: 7739,
  parts: [{ key: "bonus", v: 39 }],
  max: 8000,
  recovery_per_h: null,
  expires_at: null,
  at: "2025-08-25T13:39:00.000Z",
  reset: null,
  resets: [],
  sources: { credits: "ok" },
  versions: { account: 3, settings: 1 },
};
const noHistory = {
  unit: "credits",
  t: [],
  balance: [],
  events: [],
  unexplained: [],
  versions: { account: 3, settings: 1 },
};
const forecast = {
  state: "unavailable",
  reason: "short_history",
  unit: "credits",
  empty_at: null,
  empty_since: null,
  chance: [],
  pace: { per_h: 100, empty_at: "2025-08-25T18:40:00.000Z" },
  back_test: null,
  versions,
};

function serve(change: object = {}, outlook: object = {}) {
  const asked: string[] = [];
  server.use(
    http.get("*/api/usage", () => HttpResponse.json(usage)),
    http.get("*/api/records", () => HttpResponse.json(noRecords)),
    http.get("*/api/account", ({ request }) => {
      asked.push(request.url);
      return HttpResponse.json({ ...account, ...change });
    }),
    http.get("*/api/account/history", () => HttpResponse.json(noHistory)),
    http.get("*/api/forecast", () => HttpResponse.json({ ...forecast, ...outlook })),
  );
  return asked;
}

async function showAccount(unit: Status["unit"] = "credits") {
  const { stream } = showPage();
  await screen.findByTestId("curve-summary");
  await stream.greet(20);
  await stream.say("status", { ...status, unit, versions });
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
});

test("the balance is shown with its plan and the end at the present pace", async () => {
  serve();
  await showAccount();
  expect(await screen.findByTestId("figure-balance")).toHaveTextContent("7,739");
  expect(screen.getByRole("button", { name: "PRO" })).toBeVisible();
  expect(await screen.findByText("At the pace of the last 3 h: 18:40")).toBeVisible();
});

test("where nothing says when it runs out, the balance has the time of its reading", async () => {
  serve({}, { pace: { per_h: 0, empty_at: null } });
  await showAccount();
  expect(await screen.findByText("Read at 13:39")).toBeVisible();
});

test("thousandths of a yuan are shown as yuan", async () => {
  serve({ unit: "yuan", balance: 12_345 });
  await showAccount("yuan");
  expect(await screen.findByTestId("figure-balance")).toHaveTextContent("¥12.345");
});

test("a forecast is shown as a range", async () => {
  const empty_at = {
    p10: "2025-08-26T14:00:00.000Z",
    p50: "2025-08-26T20:00:00.000Z",
    p90: "2025-08-27T11:00:00.000Z",
  };
  serve({}, { state: "ok", reason: null, empty_at });
  await showAccount();
  expect(await screen.findByText("Empty Tue 14:00 – Wed 11:00")).toBeVisible();
});

test("an account without a stored balance is not asked for, and has no cell", async () => {
  const asked = serve();
  showPage();
  await screen.findByTestId("curve-summary");
  expect(asked).toEqual([]);
  expect(screen.queryByTestId("figure-balance")).toBeNull();
});
