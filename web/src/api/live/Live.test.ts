import { expect, test } from "vitest";
import { Clock } from "@/lib/platform/clock";
import { record, settings, status } from "@/test/samples";
import { eventText, settle, TestStream } from "@/test/stream";
import { TestTimers } from "@/test/timers";
import type { Environment } from "./environment";
import { Live } from "./Live";

const GREETING = `retry: 2000\nid: 20\n\n${eventText("status", status)}${eventText("settings", settings)}`;

class Stage {
  readonly stream = new TestStream();
  readonly timers = new TestTimers();
  visible = true;
  online = true;
  private changed = () => {};

  readonly environment: Environment = {
    source: this.stream.source,
    clock: new Clock(),
    random: () => 1,
    after: this.timers.after,
    isVisible: () => this.visible,
    isOnline: () => this.online,
    onChange: (callback) => {
      this.changed = callback;
      return () => undefined;
    },
  };

  readonly live = new Live(this.environment);

  async turn(change: { visible?: boolean; online?: boolean }): Promise<void> {
    Object.assign(this, change);
    this.changed();
    await settle();
  }
}

async function started(status = 200) {
  const stage = new Stage();
  stage.stream.status = status;
  const stop = stage.live.start();
  await settle();
  return { ...stage, stage, stop };
}

function recordsText(revision: number): string {
  return eventText("records", { revision, records: [record({ id: String(revision) })] }, revision);
}

test("the first events make the page live and give status and settings", async () => {
  const { stream, live } = await started();
  expect(live.getState().connection).toBe("connecting");
  await stream.write(GREETING);
  expect(live.getState()).toMatchObject({ connection: "live", status, settings });
  expect(stream.asked).toEqual(["/api/events"]);
});

test("a cut stream resumes after the last known revision", async () => {
  const { stream, live, timers } = await started();
  await stream.write(GREETING + recordsText(22));
  await stream.end();
  expect(live.getState()).toMatchObject({ connection: "reconnecting", status });
  expect(await timers.expire()).toBe(2000);
  expect(stream.asked[1]).toBe("/api/events?since=22");
  await stream.greet(22);
  expect(live.getState().connection).toBe("live");
  expect(live.getState().log.entries).toHaveLength(1);
});

test("a stream that resumes elsewhere invalidates fetched data", async () => {
  const { stream, live, timers } = await started();
  await stream.write(GREETING + recordsText(22));
  await stream.end();
  await timers.expire();
  await stream.greet(7);
  expect(live.getState().log).toEqual({ revision: 7, entries: [] });
  expect(live.getState().known.validSince).toBe(live.getState().known.step);
});

test("the waits between attempts grow up to half a minute", async () => {
  const { timers } = await started(0);
  const waits = [];
  for (let attempt = 0; attempt < 7; attempt += 1) waits.push(await timers.expire());
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test("a stream that is silent for 45 seconds is dropped", async () => {
  const { stream, live, timers } = await started();
  await stream.write(GREETING);
  await stream.write(":\n\n");
  expect(await timers.expire()).toBe(45_000);
  expect(stream.signals[0]?.aborted).toBe(true);
  expect(live.getState().connection).toBe("reconnecting");
});

test("a hidden page has no stream, and resumes when it is visible again", async () => {
  const { stage, stream, live, timers } = await started();
  await stream.write(GREETING);
  await stage.turn({ visible: false });
  expect(stream.signals[0]?.aborted).toBe(true);
  expect(live.getState().connection).toBe("paused");
  expect(timers.running.size).toBe(0);
  await stage.turn({ visible: true });
  expect(stream.asked[1]).toBe("/api/events?since=20");
});

test("a failure without a network is called offline, and its return reconnects at once", async () => {
  const { stage, stream, live } = await started();
  await stream.write(GREETING);
  stage.online = false;
  await stream.end();
  expect(live.getState().connection).toBe("offline");
  await stage.turn({ online: true });
  expect(stream.asked).toHaveLength(2);
});

test("a reset empties the log and invalidates fetched data", async () => {
  const { stream, live } = await started();
  await stream.write(GREETING + recordsText(21));
  const before = live.getState().known;
  await stream.say("reset", {}, 5);
  expect(live.getState().log).toEqual({ revision: 5, entries: [] });
  expect(live.getState().known.validSince).toBeGreaterThan(before.step);
});

test("a known revision is not logged twice", async () => {
  const { stream, live } = await started();
  await stream.write(GREETING + recordsText(21) + recordsText(21));
  expect(live.getState().log.entries).toHaveLength(1);
});

test("the versions of events become the newest known ones", async () => {
  const { stream, live } = await started();
  await stream.write(GREETING + recordsText(21));
  expect(live.getState().known.versions).toMatchObject({ revision: 21, coverage: 1 });
  const versions = { ...status.versions, revision: 21, coverage: 2 };
  await stream.say("status", { ...status, versions });
  expect(live.getState().known.versions.coverage).toBe(2);
});

test("equal parts of a later event keep their objects, so that nothing is rendered again", async () => {
  const { stream, live } = await started();
  await stream.write(GREETING);
  const before = live.getState();
  await stream.say("status", status);
  await stream.say("settings", settings);
  expect(live.getState().status).toBe(before.status);
  expect(live.getState().settings).toBe(before.settings);
  await stream.say("status", { ...status, link: { ...status.link, state: "error" } });
  expect(live.getState().status).not.toBe(before.status);
  expect(live.getState().status?.link.state).toBe("error");
  expect(live.getState().status?.records).toBe(before.status?.records);
});

test("a server that requires its key locks the page until it is retried", async () => {
  const { stream, live, timers } = await started(401);
  expect(live.getState().connection).toBe("locked");
  expect(timers.running.size).toBe(0);
  stream.status = 200;
  live.retry();
  await settle();
  await stream.write(GREETING);
  expect(live.getState().connection).toBe("live");
});

test("an answer to a call is shown while the stream is not connected", async () => {
  const { live } = await started();
  const other = { ...settings, range_hours: 2 };
  live.applyAnswer({ settings: other });
  expect(live.getState().settings).toEqual(other);
});

test.each([
  ["older", 3, 1],
  ["newer", 5, 6],
])("an answer that is %s than the stream's settings", async (_, version, shown) => {
  const { stream, live } = await started();
  await stream.write(GREETING);
  await stream.say("settings", { ...settings, versions: { settings: 4 } });
  live.applyAnswer({ settings: { ...settings, range_hours: 6, versions: { settings: version } } });
  expect(live.getState().settings?.range_hours).toBe(shown);
});

test("no event undoes a choice before the stream has reported it", async () => {
  const { stream, live } = await started();
  await stream.write(GREETING);
  const change = { range_hours: 6 };
  const shown = () => live.getState().settings;
  live.settings.choose(change);
  expect(shown()?.range_hours).toBe(6);
  await stream.say("settings", { ...settings, theme: "dark", versions: { settings: 4 } });
  expect(shown()).toMatchObject({ theme: "dark", range_hours: 6 });
  live.settings.accept(change, {
    ...settings,
    theme: "light",
    range_hours: 6,
    versions: { settings: 6 },
  });
  await stream.say("settings", { ...settings, theme: "light", versions: { settings: 5 } });
  expect(shown()).toMatchObject({ theme: "light", range_hours: 6 });
  await stream.say("settings", { ...settings, range_hours: 24, versions: { settings: 7 } });
  expect(shown()?.range_hours).toBe(24);
});

test("a refused choice uncovers what the server has", async () => {
  const { stream, live } = await started();
  await stream.write(GREETING);
  const change = { range_hours: 6 };
  live.settings.choose(change);
  await stream.say("settings", { ...settings, range_hours: 2, versions: { settings: 4 } });
  live.settings.refuse(change);
  expect(live.getState().settings?.range_hours).toBe(2);
});

test("stopping ends the stream and leaves no timer", async () => {
  const { stream, timers, stop } = await started();
  await stream.write(GREETING);
  stop();
  expect(stream.signals[0]?.aborted).toBe(true);
  expect(timers.running.size).toBe(0);
});
