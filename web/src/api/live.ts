/**
 * The page's one live stream: what the server last said of its state, and the log of records.
 *
 * One stream while the page is visible, none while it is hidden; the pages of a browser share it
 * (`shared.ts`). It reconnects by itself with a jittered back-off, drops a stream that has been silent for 45 s, and resumes after the last
 * revision it has seen, so that nothing is lost and nothing comes twice.
 */
import { type After, after } from "@/lib/after";
import { tellKeyRequired } from "./client";
import { append, EMPTY_LOG, type RecordsLog } from "./log";
import { type OpenStream, ownBy, SILENCE_MS, sharedBy } from "./opening";
import { EventParser, type ServerEvent } from "./sse";
import type { RecordsEvent, Settings, Status } from "./types";

/** `paused`: the page is hidden. `locked`: the server wants its access key first. */
export type Connection = "connecting" | "live" | "reconnecting" | "offline" | "paused" | "locked";

export interface LiveState {
  readonly connection: Connection;
  readonly status: Status | null;
  readonly settings: Settings | null;
}

type Known = Partial<Pick<LiveState, "status" | "settings">>;

/** The page's surroundings, as arguments: tests bring their own. */
export interface Surroundings {
  readonly open: OpenStream;
  readonly random: () => number;
  readonly after: After;
  readonly isVisible: () => boolean;
  readonly isOnline: () => boolean;
  /** Calls back whenever visibility or the network changes; returns how to stop. */
  readonly onChange: (callback: () => void) => () => void;
}

const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 30_000;

type Listener = () => void;

export class Live {
  private state: LiveState = { connection: "connecting", status: null, settings: null };
  private recordsLog: RecordsLog = EMPTY_LOG;
  private readonly stateListeners = new Set<Listener>();
  private readonly recordsListeners = new Set<Listener>();
  private readonly resetListeners = new Set<Listener>();
  private stream: AbortController | null = null;
  private cancelTimer: Listener = () => undefined;
  private failures = 0;
  private backoffMs = FIRST_BACKOFF_MS;

  constructor(private readonly around: Surroundings) {}

  /** Opens the stream and keeps it; returns how to end it. */
  start(): () => void {
    const stopWatching = this.around.onChange(() => this.react());
    this.react();
    return () => {
      stopWatching();
      this.close();
    };
  }

  readonly getState = (): LiveState => this.state;
  readonly getLog = (): RecordsLog => this.recordsLog;
  readonly subscribe = (listener: Listener) => subscribed(this.stateListeners, listener);
  /** Told after records were added to the log. */
  readonly onRecords = (listener: Listener) => subscribed(this.recordsListeners, listener);
  /** Told when what was fetched is of no use any more. */
  readonly onReset = (listener: Listener) => subscribed(this.resetListeners, listener);

  /** Takes over what the user wants, before the server says that it is so. */
  offer(known: Known): void {
    this.change(known);
  }

  /** Takes over what a call was answered, unless the stream tells it: that may be further already. */
  hear(known: Known): void {
    if (this.state.connection !== "live") this.change(known);
  }

  /** Tries again at once: after the access key was given, or because the user asks. */
  retry(): void {
    this.failures = 0;
    this.close();
    this.connect();
  }

  private react(): void {
    if (!this.around.isVisible()) {
      this.close();
      this.change({ connection: "paused" });
    } else if (this.state.connection !== "locked" && this.stream === null) {
      this.failures = 0;
      this.cancelTimer();
      this.connect();
    } else if (!this.around.isOnline() && this.state.connection === "reconnecting") {
      this.change({ connection: "offline" });
    }
  }

  private connect(): void {
    const stream = new AbortController();
    this.stream = stream;
    if (this.state.connection === "paused") {
      this.change({ connection: this.state.status ? "live" : "connecting" });
    }
    this.read(stream)
      .catch(() => undefined)
      .then(() => {
        if (this.stream === stream) this.failed();
      });
  }

  private async read(stream: AbortController): Promise<void> {
    this.watch(stream);
    const response = await this.around.open(this.recordsLog.revision, stream.signal);
    if (response.status === 401) this.lock(stream);
    if (!isEventStream(response)) return;
    const parser = new EventParser({
      onEvent: (event) => this.take(event),
      onId: (id) => this.stand(Number(id)),
      onRetry: (ms) => {
        this.backoffMs = Math.min(Math.max(ms, FIRST_BACKOFF_MS), MAX_BACKOFF_MS);
      },
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || this.stream !== stream) return;
      this.watch(stream);
      this.failures = 0;
      if (this.state.connection !== "live") this.change({ connection: "live" });
      parser.push(value);
    }
  }

  /** Drops the stream when no byte comes for too long. */
  private watch(stream: AbortController): void {
    this.cancelTimer();
    this.cancelTimer = this.around.after(SILENCE_MS, () => {
      if (this.stream !== stream) return;
      stream.abort();
      this.failed();
    });
  }

  private failed(): void {
    this.close();
    this.change({ connection: this.around.isOnline() ? "reconnecting" : "offline" });
    const bound = Math.min(this.backoffMs * 2 ** this.failures, MAX_BACKOFF_MS);
    this.failures += 1;
    this.cancelTimer = this.around.after(bound * (0.5 + this.around.random() / 2), () =>
      this.connect(),
    );
  }

  private lock(stream: AbortController): void {
    if (this.stream !== stream) return;
    this.close();
    this.change({ connection: "locked" });
    tellKeyRequired();
  }

  private close(): void {
    this.cancelTimer();
    this.stream?.abort();
    this.stream = null;
  }

  /** The server says where the stream stands. */
  private stand(revision: number): void {
    if (this.recordsLog.revision !== null || !Number.isSafeInteger(revision)) return;
    this.recordsLog = { revision, entries: [] };
  }

  private take(event: ServerEvent): void {
    if (event.name === "status") this.change({ status: JSON.parse(event.data) as Status });
    else if (event.name === "settings")
      this.change({ settings: JSON.parse(event.data) as Settings });
    else if (event.name === "records") this.takeRecords(JSON.parse(event.data) as RecordsEvent);
    else if (event.name === "reset") {
      this.recordsLog = EMPTY_LOG;
      tell(this.resetListeners);
    }
  }

  private takeRecords({ revision, records }: RecordsEvent): void {
    if (revision <= (this.recordsLog.revision ?? -1)) return;
    this.recordsLog = append(this.recordsLog, revision, records);
    tell(this.recordsListeners);
  }

  private change(part: Partial<LiveState>): void {
    this.state = { ...this.state, ...part };
    tell(this.stateListeners);
  }
}

function subscribed(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(listeners: ReadonlySet<Listener>): void {
  for (const listener of listeners) listener();
}

function isEventStream(
  response: Response,
): response is Response & { body: ReadableStream<Uint8Array<ArrayBuffer>> } {
  const type = response.headers.get("content-type") ?? "";
  return response.ok && response.body !== null && type.startsWith("text/event-stream");
}

const own = ownBy((...call) => globalThis.fetch(...call));

function portToWorker(): MessagePort {
  // Vite builds a worker of it only where the address stands within the call.
  return new SharedWorker(new URL("./shared.worker.ts", import.meta.url), { type: "module" }).port;
}

/** The browser's own surroundings. */
export const browser: Surroundings = {
  open: "SharedWorker" in globalThis ? sharedBy(portToWorker, own, after) : own,
  random: Math.random,
  after,
  isVisible: () => document.visibilityState === "visible",
  isOnline: () => navigator.onLine,
  onChange: (callback) => {
    document.addEventListener("visibilitychange", callback);
    window.addEventListener("online", callback);
    window.addEventListener("offline", callback);
    return () => {
      document.removeEventListener("visibilitychange", callback);
      window.removeEventListener("online", callback);
      window.removeEventListener("offline", callback);
    };
  },
};
