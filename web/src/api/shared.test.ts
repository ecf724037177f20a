/** One stream for many pages: what each of them is told, wherever it joins and leaves. */
import { expect, test } from "vitest";
import { record, settings, status } from "@/test/samples";
import { SILENCE_MS } from "./opening";
import { SharedStream } from "./shared";
import { EventParser } from "./sse";

const encoder = new TextEncoder();

function said(name: string, value: unknown, id?: number): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(value)}\n\n`;
}

function greeting(revision: number): string {
  return `retry: 2000\nid: ${revision}\n\n${said("status", status)}${said("settings", settings)}`;
}

function news(revision: number): string {
  return said("records", { revision, records: [record({ id: String(revision) })] }, revision);
}

/** A server that says what the test lets it say, and the timer that watches it. */
class Stage {
  readonly opened: { readonly since: number | null; readonly signal: AbortSignal }[] = [];
  readonly timers = new Map<symbol, { readonly ms: number; readonly run: () => void }>();
  status = 200;
  private server: ReadableStreamDefaultController<Uint8Array> | undefined;

  readonly stream = new SharedStream(
    async (since, signal) => {
      this.opened.push({ since, signal });
      if (this.status !== 200) return Response.json({}, { status: this.status });
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          this.server = controller;
        },
      });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    },
    (ms, run) => {
      const key = Symbol("timer");
      this.timers.set(key, { ms, run });
      return () => this.timers.delete(key);
    },
  );

  join(since: number | null = null): Page {
    return new Page(this.stream, since);
  }

  async say(text: string): Promise<void> {
    this.server?.enqueue(encoder.encode(text));
    await settle();
  }

  async end(): Promise<void> {
    this.server?.close();
    await settle();
  }
}

class Page {
  readonly events: string[] = [];
  readonly ids: string[] = [];
  text = "";
  status: number | null = null;
  hasEnded = false;
  readonly leave: () => void;
  private readonly parser = new EventParser({
    onEvent: ({ name }) => this.events.push(name),
    onId: (id) => this.ids.push(id),
    onRetry: () => undefined,
  });

  constructor(stream: SharedStream, since: number | null) {
    this.leave = stream.join({
      since,
      head: (status) => {
        this.status = status;
      },
      text: (text) => {
        this.text += text;
        this.parser.push(text);
      },
      end: () => {
        this.hasEnded = true;
      },
    });
  }
}

/** Lets everything that is already on its way arrive. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setTimeout(done));
}

async function told(text: string) {
  const stage = new Stage();
  const page = stage.join();
  await settle();
  await stage.say(text);
  return { stage, page };
}

test("the first page opens the stream, and is greeted as by the server", async () => {
  const { stage, page } = await told(greeting(20));
  expect(stage.opened.map(({ since }) => since)).toEqual([null]);
  expect(page.status).toBe(200);
  expect(page.text).toBe(greeting(20));
});

test("eight pages share one stream, and each gets what comes", async () => {
  const { stage, page } = await told(greeting(20));
  const pages = [page, ...Array.from({ length: 7 }, () => stage.join())];
  await stage.say(news(21));
  await stage.say(":\n\n");
  expect(stage.opened).toHaveLength(1);
  for (const { text } of pages) expect(text).toBe(`${greeting(20)}${news(21)}:\n\n`);
});

test("pages that join before the server has greeted are greeted with it", async () => {
  const stage = new Stage();
  const [one, other] = [stage.join(), stage.join()];
  await settle();
  expect([one.status, other.status]).toEqual([null, null]);
  await stage.say(greeting(20));
  expect(one.text).toBe(greeting(20));
  expect(other.text).toBe(greeting(20));
});

test("who joins late stands where the stream stands", async () => {
  const { stage } = await told(greeting(20) + news(21));
  const late = stage.join();
  expect(late.text).toBe(greeting(21));
});

test("who comes back is told what it lacks, and no more", async () => {
  const { stage } = await told(greeting(20) + news(21) + news(22) + news(23));
  const back = stage.join(21);
  expect(back.text).toBe(greeting(21) + news(22) + news(23));
});

test.each([
  ["from before the stream was opened", 19],
  ["that the stream has not reached", 24],
])("a revision %s means fetch anew", async (_, since) => {
  const { stage, page } = await told(greeting(20) + news(21) + news(22));
  const back = stage.join(since);
  expect(back.events).toEqual(["status", "settings", "reset"]);
  expect(back.ids).toEqual(["22", "22"]);
  expect(page.events).not.toContain("reset");
});

test("a reset of the server's goes to all, and later pages begin after it", async () => {
  const { stage, page } = await told(greeting(20) + news(21));
  await stage.say(said("reset", {}, 5));
  expect(page.events.at(-1)).toBe("reset");
  expect(stage.join().text).toBe(greeting(5));
});

test("the newest status and settings are what a newcomer is told", async () => {
  const { stage } = await told(greeting(20));
  const demo = said("status", { ...status, demo: true });
  await stage.say(demo);
  expect(stage.join().text).toContain(demo);
});

test("the stream lasts until the last page leaves, and is opened anew where that one stood", async () => {
  const { stage, page } = await told(greeting(20));
  const other = stage.join();
  page.leave();
  expect(stage.opened[0]?.signal.aborted).toBe(false);
  await stage.say(news(21));
  expect(page.text).not.toContain(news(21));
  other.leave();
  expect(stage.opened[0]?.signal.aborted).toBe(true);
  expect(stage.timers.size).toBe(0);
  stage.join(21);
  expect(stage.opened[1]?.since).toBe(21);
});

test("when the stream ends, it ends for all", async () => {
  const { stage, page } = await told(greeting(20));
  const other = stage.join();
  await stage.end();
  expect([page.hasEnded, other.hasEnded]).toEqual([true, true]);
  expect(stage.timers.size).toBe(0);
});

test("a stream that is silent is given up for all, however late they joined", async () => {
  const { stage, page } = await told(greeting(20));
  const [[key, timer] = []] = stage.timers;
  const late = stage.join();
  expect(stage.timers.has(key ?? Symbol("none"))).toBe(true);
  expect(timer?.ms).toBe(SILENCE_MS);
  timer?.run();
  expect([page.hasEnded, late.hasEnded]).toEqual([true, true]);
  expect(stage.opened[0]?.signal.aborted).toBe(true);
});

test("a refusal is passed on as it is", async () => {
  const stage = new Stage();
  stage.status = 401;
  const page = stage.join();
  await settle();
  expect([page.status, page.hasEnded]).toEqual([401, true]);
});

test("wherever the text is cut, every page gets whole blocks", async () => {
  const whole = greeting(20) + news(21) + news(22);
  for (let cut = 1; cut < whole.length; cut += 7) {
    const stage = new Stage();
    const page = stage.join();
    await settle();
    await stage.say(whole.slice(0, cut));
    const late = stage.join();
    await stage.say(whole.slice(cut));
    expect(page.text).toBe(whole);
    expect(late.events.slice(0, 2)).toEqual(["status", "settings"]);
    const all = ["20", "21", "22"];
    expect(late.ids).toEqual(all.slice(all.indexOf(late.ids[0] ?? "")));
  }
});
