/** The bell: its count, its list and its updates. */
import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import type { Channel, Episode, Sent } from "@/api/alerts";
import { show } from "@/test/render";
import { server } from "@/test/server";
import { Bell } from "./Bell";
import { latestByChannel } from "./Messages";

const NOW = Date.parse("2025-11-27T09:41:00.000Z");

const sent: Sent = { at: "2025-11-27T03:13:00.000Z", channel: "c1", ok: true, answer: "0 success" };

const firing: Episode = {
  id: "7",
  rule: "r1",
  kind: "spend",
  state: "firing",
  since: "2025-11-27T03:12:00.000Z",
  until: null,
  value: 1_284,
  peak: 1_284,
  subject: "claude-opus-4-5-20251101",
  model: null,
  api_key: null,
  confirmed_at: null,
  snoozed_until: null,
  delivery: "sent",
  messages: [sent],
};
const over: Episode = {
  ...firing,
  id: "6",
  kind: "silence",
  state: "over",
  until: "2025-11-27T03:34:00.000Z",
  peak: 22,
  subject: null,
  delivery: null,
  messages: [],
};
const channel: Channel = {
  id: "c1",
  kind: "feishu",
  name: "Ops",
  enabled: true,
  url: "https://open.feishu.cn/…",
  has_secret: true,
  error: null,
  failing_since: null,
  last_success_at: null,
};

function serve(episodes: readonly Episode[], channels: readonly Channel[] = [channel]) {
  const versions = { alerts: 1 };
  server.use(
    http.get("*/api/alerts/episodes", () => HttpResponse.json({ episodes, next: null, versions })),
    http.get("*/api/alerts/channels", () => HttpResponse.json({ channels, versions })),
  );
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
});

test("the bell counts the episodes that fire, and says so", async () => {
  serve([firing, over]);
  show(<Bell />);
  expect(await screen.findByRole("button", { name: "Alerts: 1 firing" })).toBeVisible();
  expect(screen.getByRole("status")).toHaveTextContent("Alerts: 1 firing");
});

test("an episode shows its state, value, time and the channel's answer", async () => {
  serve([firing, over]);
  const { user } = show(<Bell />);
  await user.click(await screen.findByRole("button", { name: "Alerts: 1 firing" }));
  const list = await screen.findByRole("dialog", { name: "Alerts" });
  const [first, second] = within(list).getAllByRole("listitem");
  expect(first).toHaveTextContent(/Spend above the limit.*since 03:12/);
  expect(first).toHaveTextContent("Firing· 1,284 credits · Opus 4.5");
  await waitFor(() => expect(list).toHaveTextContent("Ops delivered 03:130 success"));
  expect(second?.textContent).not.toBe("");
  expect(list).toHaveTextContent("Over· no data for 22 min· lasted 22 min");
});

test("the list follows the event of a change, and a new stream", async () => {
  serve([]);
  const { stream } = show(<Bell />);
  await stream.greet(20);
  await screen.findByRole("button", { name: "Alerts" });
  serve([firing]);
  await stream.say("alert", {
    episodes: [],
    next: null,
    versions: { alerts: 2 },
    notifications: [],
  });
  expect(await screen.findByRole("button", { name: "Alerts: 1 firing" })).toBeVisible();
});

test("an episode leads to its part of the curve", async () => {
  serve([over]);
  const { user } = show(<Bell />);
  await user.click(screen.getByRole("button", { name: "Alerts" }));
  await user.click(await screen.findByRole("button", { name: "Show on curve" }));
  expect(window.location.search).toBe("?from=2025-11-27T02:57:00.000Z&to=2025-11-27T03:49:00.000Z");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("the address of a message opens its episode until the list is closed", async () => {
  window.history.replaceState(null, "", "/?episode=6");
  serve([firing, over]);
  const { user } = show(<Bell />);
  const list = await screen.findByRole("dialog", { name: "Alerts" });
  await waitFor(() => expect(list.querySelector("[aria-current]")).toHaveTextContent("No data"));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(window.location.search).toBe(""));
});

test("a snooze lasts a day and can be ended", async () => {
  serve([firing]);
  const bodies: unknown[] = [];
  server.use(
    http.patch("*/api/alerts/episodes/7", async ({ request }) => {
      bodies.push(await request.json());
      serve([{ ...firing, snoozed_until: "2025-11-28T09:41:00.000Z" }]);
      return HttpResponse.json(firing);
    }),
  );
  const { user } = show(<Bell />);
  await user.click(await screen.findByRole("button", { name: "Alerts: 1 firing" }));
  await user.click(await screen.findByRole("button", { name: "Snooze 1 day" }));
  expect(await screen.findByText("Snoozed until 11-28 09:41")).toBeVisible();
  expect(screen.getByTitle("Alerts")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "End snooze" }));
  await waitFor(() => expect(bodies).toHaveLength(2));
  expect(bodies[1]).toEqual({ snoozed_until: null });
});

test("a snooze outlasts its episode, and only the newest one of a rule shows it", async () => {
  const snoozed = { ...over, snoozed_until: "2025-11-28T09:41:00.000Z" };
  serve([snoozed, { ...snoozed, id: "5" }]);
  const { user } = show(<Bell />);
  await user.click(screen.getByRole("button", { name: "Alerts" }));
  expect(await screen.findAllByText("Snoozed until 11-28 09:41")).toHaveLength(1);
  expect(screen.getAllByRole("button", { name: "End snooze" })).toHaveLength(1);
});

test("a message held until the end of the quiet hours is marked", async () => {
  serve([{ ...firing, delivery: "held", messages: [] }]);
  const { user } = show(<Bell />);
  await user.click(await screen.findByRole("button", { name: "Alerts: 1 firing" }));
  expect(await screen.findByText("Held until the quiet hours are over")).toBeVisible();
});

test("without any episode the list says what would alert, and asks for a channel", async () => {
  serve([], []);
  const { user } = show(<Bell />);
  await user.click(screen.getByRole("button", { name: "Alerts" }));
  expect(await screen.findByText("No alerts so far")).toBeVisible();
  expect(await screen.findByRole("button", { name: "Add a channel" })).toBeVisible();
});

test("of each channel only the last try is shown", () => {
  const failed = { ...sent, ok: false, answer: "403 forbidden" };
  const other = { ...sent, channel: "c2" };
  expect(latestByChannel([failed, other, sent])).toEqual([other, sent]);
});

test("spending that may be another person's is counted until the user confirms it", async () => {
  const doubted: Episode = { ...over, id: "8", kind: "away", peak: 1_284 };
  serve([doubted]);
  const bodies: unknown[] = [];
  server.use(
    http.patch("*/api/alerts/episodes/8", async ({ request }) => {
      bodies.push(await request.json());
      const confirmed = { ...doubted, confirmed_at: "2025-11-27T09:41:00.000Z" };
      serve([confirmed]);
      return HttpResponse.json(confirmed);
    }),
  );
  const { user } = show(<Bell />);
  await user.click(await screen.findByRole("button", { name: "Alerts: 1 firing" }));
  await user.click(await screen.findByRole("button", { name: "It was me" }));
  expect(await screen.findByText("Confirmed")).toBeVisible();
  expect(bodies).toEqual([{ confirmed: true }]);
  expect(screen.queryByRole("button", { name: "It was me" })).toBeNull();
});
