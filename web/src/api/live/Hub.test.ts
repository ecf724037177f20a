import { expect, test } from "vitest";
import { record, settings, status } from "@/test/samples";
import { eventText, settle, TestStream } from "@/test/stream";
import { TestTimers } from "@/test/timers";
import type { StreamEvent } from "./events";
import { Hub } from "./Hub";
import { type Ending, SILENCE_MS } from "./source";

function greeting(revision: number): string {
  return `retry: 2000\nid: ${revision}\n\n${eventText("status", status)}${eventText("settings", settings)}`;
}

function recordsText(revision: number): string {
  return eventText("records", { revision, records: [record({ id: String(revision) })] }, revision);
}

class Page {
  readonly events: StreamEvent[] = [];
  ending: Ending | null = null;
  readonly leave: () => void;

  constructor(hub: Hub, since: number | null = null) {
    this.leave = hub.join({
      since,
      emit: (event) => this.events.push(event),
      end: (ending) => {
        this.ending = ending;
      },
    });
  }

  get types(): readonly string[] {
    return this.events.map(({ type }) => type);
  }

  get revisions(): readonly (number | null)[] {
    return this.events.flatMap((event) => ("revision" in event ? [event.revision] : []));
  }
}

async function opened(text: string, status = 200) {
  const stream = new TestStream();
  stream.status = status;
  const timers = new TestTimers();
  const hub = new Hub(stream.source, timers.after);
  const page = new Page(hub);
  await settle();
  if (text) await stream.write(text);
  return { stream, timers, hub, page };
}

test("the first page opens the stream and gets its events", async () => {
  const { stream, page } = await opened(greeting(20) + recordsText(21));
  expect(stream.asked).toEqual(["/api/events"]);
  expect(page.types).toEqual(["opened", "retry", "cursor", "status", "settings", "records"]);
});

test("a later page gets the latest state, then the records that it lacks", async () => {
  const { stream, hub } = await opened(greeting(20) + recordsText(21) + recordsText(22));
  await stream.say("status", { ...status, demo: true });
  const later = new Page(hub, 21);
  expect(later.types).toEqual(["opened", "retry", "status", "settings", "cursor", "records"]);
  expect(later.events[2]).toMatchObject({ status: { demo: true } });
  expect(later.revisions).toEqual([21, 22]);
  expect(stream.asked).toHaveLength(1);
});

test("a page without a revision starts at the end of the log", async () => {
  const { hub } = await opened(greeting(20) + recordsText(21));
  expect(new Page(hub).revisions).toEqual([21]);
});

test.each([
  ["before the stream was opened", 19],
  ["that the stream has not reached", 24],
])("a page at a revision %s must fetch again", async (_, since) => {
  const { hub } = await opened(greeting(20) + recordsText(21));
  const page = new Page(hub, since);
  expect(page.types.at(-1)).toBe("reset");
  expect(page.revisions).toEqual([21]);
});

test("a page that joins while the stream opens misses nothing", async () => {
  const { stream, hub, page } = await opened("");
  const other = new Page(hub, 18);
  await stream.write(greeting(20) + recordsText(21));
  expect(page.revisions).toEqual([20, 21]);
  expect(other.types).toContain("reset");
  expect(other.revisions).toEqual([20, 21]);
});

test("a reset by the server reaches all pages, and later ones start after it", async () => {
  const { stream, hub, page } = await opened(greeting(20) + recordsText(21));
  await stream.say("reset", {}, 5);
  expect(page.types.at(-1)).toBe("reset");
  expect(new Page(hub).revisions).toEqual([5]);
});

test("the stream stays open until the last page leaves", async () => {
  const { stream, timers, hub, page } = await opened(greeting(20));
  const other = new Page(hub);
  page.leave();
  expect(stream.signals[0]?.aborted).toBe(false);
  other.leave();
  expect(stream.signals[0]?.aborted).toBe(true);
  expect(timers.running.size).toBe(0);
  new Page(hub, 21);
  await settle();
  expect(stream.asked[1]).toBe("/api/events?since=21");
});

test("the end of the stream is the end for all pages", async () => {
  const { stream, timers, hub, page } = await opened(greeting(20));
  const other = new Page(hub);
  await stream.end();
  expect([page.ending, other.ending]).toEqual(["ended", "ended"]);
  expect(timers.running.size).toBe(0);
});

test("a silent stream ends for all pages, however late they joined", async () => {
  const { stream, timers, hub, page } = await opened(greeting(20));
  const late = new Page(hub);
  expect(await timers.expire()).toBe(SILENCE_MS);
  expect([page.ending, late.ending]).toEqual(["ended", "ended"]);
  expect(stream.signals[0]?.aborted).toBe(true);
});

test("a server that requires its key locks the pages", async () => {
  const { page } = await opened("", 401);
  expect(page.ending).toBe("locked");
});
