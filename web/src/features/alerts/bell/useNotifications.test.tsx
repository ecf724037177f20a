import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { show } from "@/test/render";
import { Bell } from "./Bell";

const NOW = Date.parse("2025-11-27T09:41:00.000Z");

const notice = {
  id: "m1",
  at: "2025-11-27T09:40:58.000Z",
  title: "Spend while away",
  text: "1,284 credits\nSince 03:12",
  link: "http://127.0.0.1:8080/?from=1764210000000&to=1764220000000&episode=7",
  urgent: true,
};
const event = { episodes: [], next: null, versions: { alerts: 2 }, notifications: [notice] };

class FakeNotification {
  static permission: NotificationPermission = "granted";
  static readonly all: FakeNotification[] = [];
  onclick = () => {};
  readonly close = vi.fn();

  constructor(
    readonly title: string,
    readonly options: NotificationOptions,
  ) {
    FakeNotification.all.push(this);
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  vi.stubGlobal("Notification", FakeNotification);
  localStorage.setItem("creditcurve.notify", "on");
  FakeNotification.permission = "granted";
  FakeNotification.all.length = 0;
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a message becomes one notification, which leads to its episode", async () => {
  const { stream } = show(<Bell />);
  await stream.greet(20);
  await stream.say("alert", event);
  await stream.say("alert", { ...event, versions: { alerts: 3 } });
  const [shown, ...others] = FakeNotification.all;
  expect(others).toEqual([]);
  expect(shown).toMatchObject({ title: "Spend while away", options: { tag: "m1" } });
  shown?.onclick();
  expect(window.location.search).toContain("episode=7");
});

test("a message that is not new is not shown again after a reload", async () => {
  const { stream } = show(<Bell />);
  await stream.greet(20);
  const old = { ...notice, at: "2025-11-27T09:20:00.000Z" };
  await stream.say("alert", { ...event, notifications: [old] });
  expect(FakeNotification.all).toEqual([]);
});

test("without permission the page itself shows the message", async () => {
  FakeNotification.permission = "denied";
  const { stream } = show(<Bell />);
  await stream.greet(20);
  await stream.say("alert", event);
  expect(await screen.findByText(/Spend while away · 1,284 credits/)).toBeVisible();
  expect(FakeNotification.all).toEqual([]);
});
