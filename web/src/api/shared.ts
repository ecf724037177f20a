/**
 * One stream of events for all pages of a browser.
 *
 * The first page that joins opens it, the last that leaves ends it. Whoever joins meanwhile is
 * greeted as the server would greet: where the stream stands, status, settings, then what it lacks,
 * or `reset` where that is not known here. From then on every page gets every block as it comes,
 * the heartbeat's comments included. When the stream ends, it ends for all; each page comes back in
 * its own time.
 */
import type { After } from "@/lib/after";
import { append, EMPTY_LOG, entriesSince, type RecordsLog } from "./log";
import { type OpenStream, SILENCE_MS } from "./opening";
import { EventParser, type ServerEvent } from "./sse";
import type { RecordsEvent } from "./types";

/** A page's end of the stream. */
export interface Subscriber {
  readonly since: number | null;
  readonly head: (status: number, type: string) => void;
  readonly text: (text: string) => void;
  readonly end: () => void;
}

const TYPE = "text/event-stream";

export class SharedStream {
  private readonly waiting = new Set<Subscriber>();
  private readonly greeted = new Set<Subscriber>();
  private round: Round | null = null;
  private cancelWatch: () => void = () => undefined;

  constructor(
    private readonly open: OpenStream,
    private readonly after: After,
  ) {}

  /** Takes part; returns how to leave. */
  join(subscriber: Subscriber): () => void {
    this.waiting.add(subscriber);
    if (this.round === null) this.begin(subscriber.since);
    else if (this.round.isGreeted) this.greetAll(this.round);
    return () => this.leave(subscriber);
  }

  private leave(subscriber: Subscriber): void {
    this.waiting.delete(subscriber);
    this.greeted.delete(subscriber);
    if (this.waiting.size + this.greeted.size > 0) return;
    this.close();
  }

  private close(): void {
    this.cancelWatch();
    this.round?.stop.abort();
    this.round = null;
  }

  /** A page's own watchdog would come back to a stream that is as dead as before. */
  private watch(round: Round): void {
    this.cancelWatch();
    this.cancelWatch = this.after(SILENCE_MS, () => {
      if (this.round === round) this.finish();
    });
  }

  private begin(since: number | null): void {
    const round = new Round();
    this.round = round;
    this.read(round, since)
      .catch(() => undefined)
      .then(() => {
        if (this.round === round) this.finish();
      });
  }

  private async read(round: Round, since: number | null): Promise<void> {
    this.watch(round);
    const response = await this.open(since, round.stop.signal);
    const type = response.headers.get("content-type") ?? "";
    if (!response.ok || response.body === null || !type.startsWith(TYPE)) {
      for (const page of this.waiting) page.head(response.status, type);
      return;
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || this.round !== round) return;
      this.watch(round);
      for (const block of round.blocksOf(value)) this.pass(round, block);
    }
  }

  private pass(round: Round, block: string): void {
    const wasGreeted = round.isGreeted;
    round.take(block);
    if (wasGreeted) for (const page of this.greeted) page.text(block);
    else if (round.isGreeted) this.greetAll(round);
  }

  private greetAll(round: Round): void {
    for (const page of this.waiting) {
      page.head(200, TYPE);
      page.text(round.greeting(page.since));
      this.greeted.add(page);
    }
    this.waiting.clear();
  }

  private finish(): void {
    const pages = [...this.waiting, ...this.greeted];
    this.waiting.clear();
    this.greeted.clear();
    this.close();
    for (const page of pages) page.end();
  }
}

/** What one opening of the stream has told so far. */
class Round {
  readonly stop = new AbortController();
  private rest = "";
  private retryMs = 0;
  private status: string | null = null;
  private settings: string | null = null;
  private log: RecordsLog = EMPTY_LOG;
  private readonly parser = new EventParser({
    onEvent: (event) => this.learn(event),
    onId: (id) => this.stand(Number(id)),
    onRetry: (ms) => {
      this.retryMs = ms;
    },
  });

  /** Whether the server has said everything that a newcomer must be told. */
  get isGreeted(): boolean {
    return this.log.revision !== null && this.status !== null && this.settings !== null;
  }

  /** The blocks that a piece of text completes, each with its blank line. */
  blocksOf(text: string): readonly string[] {
    const parts = (this.rest + text).split("\n\n");
    this.rest = parts.pop() ?? "";
    return parts.map((part) => `${part}\n\n`);
  }

  take(block: string): void {
    this.parser.push(block);
  }

  greeting(since: number | null): string {
    const revision = this.log.revision ?? 0;
    const missed = since === null ? [] : entriesSince(this.log, since);
    const isLost = missed === null || (since ?? 0) > revision;
    const start = isLost ? revision : (since ?? revision);
    const lead = `retry: ${this.retryMs}\nid: ${start}\n\n`;
    const state = block("status", this.status ?? "{}") + block("settings", this.settings ?? "{}");
    if (isLost) return lead + state + block("reset", "{}", revision);
    const records = missed.map(({ revision: reached, records: changed }) =>
      block("records", JSON.stringify({ revision: reached, records: changed }), reached),
    );
    return lead + state + records.join("");
  }

  private learn({ name, data }: ServerEvent): void {
    if (name === "status") this.status = data;
    else if (name === "settings") this.settings = data;
    else if (name === "reset") this.log = EMPTY_LOG;
    else if (name === "records") {
      const { revision, records } = JSON.parse(data) as RecordsEvent;
      this.log = append(this.log, revision, records);
    }
  }

  /** The first id of a block, or of what follows a reset, is where the log begins. */
  private stand(revision: number): void {
    if (this.log.revision === null) this.log = { revision, entries: [] };
  }
}

function block(name: string, data: string, id?: number): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`;
}
