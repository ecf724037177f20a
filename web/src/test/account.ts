/** An account, and a server that has it. */
import { HttpResponse, http } from "msw";
import type { ReactElement } from "react";
import type { Settings } from "@/api/types";
import { show } from "./render";
import { settings, status } from "./samples";
import { server } from "./server";

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

/** A server with this account; `use` answers a reset. Returns the resets that were asked for. */
export function serveAccount(
  change: object = {},
  use: () => Response = () => HttpResponse.error(),
  outlook: object = {},
  past: object = {},
) {
  const asked: string[] = [];
  server.use(
    http.get("*/api/account", () => HttpResponse.json({ ...account, ...change })),
    http.get("*/api/account/history", () => HttpResponse.json({ ...history, ...past })),
    http.get("*/api/forecast", () => HttpResponse.json({ ...forecast, ...outlook })),
    http.post("*/api/account/reset", () => {
      asked.push("reset");
      return use();
    }),
  );
  return asked;
}

/** A part of the page once the stream has reported that an account is stored. */
export async function showWithAccount(part: ReactElement) {
  const shown = show(part);
  await shown.stream.greet(20);
  await shown.stream.say("status", { ...status, versions });
  return shown;
}

/** A server that takes each change of the settings. Returns the changes. */
export function takeSettings(): Partial<Settings>[] {
  const sent: Partial<Settings>[] = [];
  server.use(
    http.patch("/api/settings", async ({ request }) => {
      sent.push((await request.json()) as Partial<Settings>);
      return HttpResponse.json({ ...settings, ...Object.assign({}, ...sent) });
    }),
  );
  return sent;
}
