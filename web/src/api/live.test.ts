/** The live stream against surroundings that the test turns by hand. */
import { expect, test } from "vitest";
import { record, settings, status } from "@/test/samples";
import { Live, type Surroundings } from "./live";
import { ownBy } from "./opening";

const encoder = new TextEncoder();

function said(name: string, value: unknown, id?: number): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(value)}\n\n`;
}

const GREETING = `retry: 2000\nid: 20\n\n${said("status", status)}${said("settings", settings)}`;

class Stage {
  readonly calls: { readonly address: string; readonly signal: AbortSignal }[] = [];
  readonly timers = new Map<symbol, { readonly ms: number; readonly run: () => void }>();
  visible = true;
  online = true;
  answer: "stream" | "refuse" | "locked" = "stream";
  private changed: () => void = () => undefined;
  private stream: ReadableStreamDefaultController<Uint8Array> | undefined;

  readonly surroundings: Surroundings = {
    random: () => 1,
    after: (ms, run) => {
      const key = Symbol("timer");
      this.timers.set(key, { ms, run });
      return () => this.timers.delete(key);
    },
    isVisible: () => this.visible,
    isOnline: () => this.online,
    onChange: (callback) => {
      this.changed = callback;
      return () => undefined;
    },
    open: ownBy(async (address, init) => {
      const signal = init?.signal ?? new AbortController().signal;
      this.calls.push({ address: String(address), signal });
      if (this.answer === "refuse") throw new TypeError("refused");
      if (this.answer === "locked") return Response.json({ code: "key_required" }, { status: 401 });
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          this.stream = controller;
        },
      });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    }),
  };

  async say(text: string): Promise<void> {
    this.stream?.enqueue(encoder.encode(text));
    await settle();
  }

  async end(): Promise<void> {
    this.stream?.close();
    await settle();
  }

  async turn(change: { visible?: boolean; online?: boolean }): Promise<void> {
    Object.assign(this, change);
    this.changed();
    await settle();
  }

  /** Lets the one timer that runs come due. */
  async due(): Promise<number> {
    const [[key, timer] = []] = this.timers;
    if (key === undefined || timer === undefined) throw new Error("no timer runs");
    this.timers.delete(key);
    timer.run();
    await settle();
    return timer.ms;
  }
}

/** Lets everything that is already on its way arrive. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setTimeout(done));
}

async function opened() {
  const stage = new Stage();
  const live = new Live(stage.surroundings);
  const stop = live.start();
  await settle();
  return { stage, live, stop };
}

test("the greeting makes the page live and tells status and settings", async () => {
  const { stage, live } = await opened();
  expect(live.getState().connection).toBe("connecting");
  await stage.say(GREETING);
  expect(live.getState()).toEqual({ connection: "live", status, settings });
  expect(stage.calls.map((call) => call.address)).toEqual(["/api/events"]);
});

test("a cut stream is resumed after the last revision that was seen", async () => {
  const { stage, live } = await opened();
  await stage.say(GREETING);
  await stage.say(said("records", { revision: 22, records: [record(), record({ id: "2" })] }, 22));
  await stage.end();
  expect(live.getState().connection).toBe("reconnecting");
  expect(live.getState().status).toEqual(status);
  expect(await stage.due()).toBe(2000);
  expect(stage.calls[1]?.address).toBe("/api/events?since=22");
  await stage.say("retry: 2000\nid: 22\n\n");
  expect(live.getState().connection).toBe("live");
});

test("the waits between tries grow up to half a minute", async () => {
  const stage = new Stage();
  stage.answer = "refuse";
  new Live(stage.surroundings).start();
  await settle();
  const waits = [];
  for (let attempt = 0; attempt < 7; attempt += 1) waits.push(await stage.due());
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test("a stream that is silent for 45 seconds is dropped", async () => {
  const { stage, live } = await opened();
  await stage.say(GREETING);
  await stage.say(":\n\n");
  expect(stage.timers.size).toBe(1);
  expect(await stage.due()).toBe(45_000);
  expect(stage.calls[0]?.signal.aborted).toBe(true);
  expect(live.getState().connection).toBe("reconnecting");
});

test("a hidden page has no stream, and resumes when it is seen again", async () => {
  const { stage, live } = await opened();
  await stage.say(GREETING);
  await stage.turn({ visible: false });
  expect(stage.calls[0]?.signal.aborted).toBe(true);
  expect(live.getState().connection).toBe("paused");
  expect(stage.timers.size).toBe(0);
  await stage.turn({ visible: true });
  expect(stage.calls[1]?.address).toBe("/api/events?since=20");
});

test("a failure while the browser has no network is called offline, and its return is used at once", async () => {
  const { stage, live } = await opened();
  await stage.say(GREETING);
  stage.online = false;
  await stage.end();
  expect(live.getState().connection).toBe("offline");
  await stage.turn({ online: true });
  expect(stage.calls).toHaveLength(2);
});

test("a reset forgets the log and tells who fetched", async () => {
  const { stage, live } = await opened();
  let resets = 0;
  live.onReset(() => {
    resets += 1;
  });
  await stage.say(GREETING);
  await stage.say(said("records", { revision: 21, records: [record()] }, 21));
  await stage.say(said("reset", {}, 5));
  expect(resets).toBe(1);
  expect(live.getLog()).toEqual({ revision: 5, entries: [] });
});

test("a revision that was already seen is not logged twice", async () => {
  const { stage, live } = await opened();
  await stage.say(GREETING);
  const event = said("records", { revision: 21, records: [record()] }, 21);
  await stage.say(event + event);
  expect(live.getLog().entries).toHaveLength(1);
});

test("a server that wants its key locks the page, and is asked again when told to", async () => {
  const stage = new Stage();
  stage.answer = "locked";
  const live = new Live(stage.surroundings);
  live.start();
  await settle();
  expect(live.getState().connection).toBe("locked");
  expect(stage.timers.size).toBe(0);
  stage.answer = "stream";
  live.retry();
  await settle();
  await stage.say(GREETING);
  expect(live.getState().connection).toBe("live");
});

test("an answer to a call counts only while the stream does not tell what is", async () => {
  const { stage, live } = await opened();
  const older = { ...settings, range_hours: 2 };
  live.hear({ settings: older });
  expect(live.getState().settings).toEqual(older);
  await stage.say(GREETING);
  live.hear({ settings: older });
  expect(live.getState().settings).toEqual(settings);
});

test("stopping ends the stream and leaves no timer", async () => {
  const { stage, stop } = await opened();
  await stage.say(GREETING);
  stop();
  expect(stage.calls[0]?.signal.aborted).toBe(true);
  expect(stage.timers.size).toBe(0);
});
