/**
 * The page's live stream and the one place of the server's state on the page.
 *
 * The stream is open while the page is visible. It reconnects by itself with a jittered back-off
 * and resumes after the last known revision, so that no record is lost or applied twice.
 */
import type { After } from "@/lib/platform/after";
import type { Clock } from "@/lib/platform/clock";
import type { Settings, Status } from "../types";
import {
  forgetVersion,
  forgetVersions,
  type Known,
  learnVersions,
  NOTHING_KNOWN,
  type Versions,
} from "../versions";
import type { ServerDate, StreamEvent } from "./events";
import { appendRecords, EMPTY_LOG, type RecordsLog } from "./log";
import { type Ending, follow, type Source } from "./source";

/** `paused`: the page is hidden. `locked`: the server asks for its access key. */
export type Connection = "connecting" | "live" | "reconnecting" | "offline" | "paused" | "locked";

export interface LiveState {
  readonly connection: Connection;
  /** Since when the server has been away; null while it answers. */
  readonly awaySinceMs: number | null;
  /** When the connection is tried again; null while it is being tried. */
  readonly retryAtMs: number | null;
  readonly status: Status | null;
  readonly settings: Settings | null;
  /** The newest versions of the server's data. */
  readonly known: Known;
  readonly log: RecordsLog;
}

type ServerState = Partial<Pick<LiveState, "status" | "settings">>;

/** The page's environment, as arguments. */
export interface Environment {
  readonly source: Source;
  readonly clock: Clock;
  readonly random: () => number;
  readonly after: After;
  readonly isVisible: () => boolean;
  readonly isOnline: () => boolean;
  /** Call back when visibility or the network changes; return a function that stops it. */
  readonly onChange: (callback: () => void) => () => void;
}

const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 30_000;

const INITIAL: LiveState = {
  connection: "connecting",
  awaySinceMs: null,
  retryAtMs: null,
  status: null,
  settings: null,
  known: NOTHING_KNOWN,
  log: EMPTY_LOG,
};

export class Live {
  private state = INITIAL;
  private readonly listeners = new Set<() => void>();
  private stopFollowing: (() => void) | null = null;
  private cancelRetry = () => {};
  private failures = 0;
  private backoffMs = FIRST_BACKOFF_MS;
  private openedAtMs = 0;

  constructor(private readonly environment: Environment) {}

  get clock(): Clock {
    return this.environment.clock;
  }

  /** Open the stream and keep it open; return a function that ends it. */
  start(): () => void {
    const stopWatching = this.environment.onChange(() => this.adapt());
    this.adapt();
    return () => {
      stopWatching();
      this.close();
    };
  }

  readonly getState = (): LiveState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Show the user's change before the server confirms it. */
  applyOptimistic(part: ServerState): void {
    this.change(part);
  }

  /** Show the answer to a call, unless the stream has reported a newer state. */
  applyAnswer(part: ServerState): void {
    const { status, settings } = part;
    if (settings && this.isNewest("settings", settings.versions)) this.change({ settings });
    if (status && this.state.connection !== "live") {
      this.change({ status, known: learnVersions(this.state.known, status.versions) });
    }
  }

  /** Try again now: the access key was given, or the user asks. */
  retry(): void {
    this.failures = 0;
    this.close();
    this.open();
  }

  private isNewest(name: "settings", { [name]: version }: Versions): boolean {
    if (this.state.connection !== "live") return true;
    const newest = this.state.known.versions[name];
    return version !== undefined && newest !== undefined && version >= newest;
  }

  private adapt(): void {
    const { connection } = this.state;
    if (!this.environment.isVisible()) {
      this.close();
      this.change({ connection: "paused", awaySinceMs: null, retryAtMs: null });
    } else if (connection !== "locked" && this.stopFollowing === null) {
      this.failures = 0;
      this.cancelRetry();
      this.open();
    } else if (!this.environment.isOnline() && connection === "reconnecting") {
      this.change({ connection: "offline" });
    }
  }

  private open(): void {
    const { source, after } = this.environment;
    if (this.state.connection === "paused") {
      this.change({ connection: this.state.status ? "live" : "connecting" });
    }
    this.openedAtMs = Date.now();
    if (this.state.retryAtMs !== null) this.change({ retryAtMs: null });
    const handlers = {
      onEvent: (event: StreamEvent) => this.apply(event),
      onEnd: (ending: Ending) => this.finish(ending),
    };
    this.stopFollowing = follow(source, this.state.log.revision, handlers, after);
  }

  private close(): void {
    this.cancelRetry();
    this.stopFollowing?.();
    this.stopFollowing = null;
  }

  private finish(ending: Ending): void {
    this.close();
    if (ending === "locked") {
      this.change({ connection: "locked" });
      return;
    }
    const limitMs = Math.min(this.backoffMs * 2 ** this.failures, MAX_BACKOFF_MS);
    this.failures += 1;
    const waitMs = limitMs * (0.5 + this.environment.random() / 2);
    const nowMs = this.clock.now();
    this.change({
      connection: this.environment.isOnline() ? "reconnecting" : "offline",
      awaySinceMs: this.state.awaySinceMs ?? nowMs,
      retryAtMs: nowMs + waitMs,
    });
    this.cancelRetry = this.environment.after(waitMs, () => this.open());
  }

  private apply(event: StreamEvent): void {
    if (event.type === "opened") {
      this.observeClock(event.date);
      this.change({ known: forgetVersion(this.state.known, "alerts") });
      return;
    }
    this.failures = 0;
    if (this.state.connection !== "live") {
      this.change({ connection: "live", awaySinceMs: null, retryAtMs: null });
    }
    if (event.type === "retry") this.backoffMs = boundedBackoff(event.ms);
    else if (event.type === "cursor") this.startAt(event.revision);
    else if (event.type === "reset") this.reset(event.revision);
    else this.applyState(event);
  }

  private applyState(event: StreamEvent): void {
    const { known, log } = this.state;
    if (event.type === "status") {
      const { status } = event;
      this.change({ status, known: learnVersions(known, status.versions) });
    } else if (event.type === "settings") {
      const { settings } = event;
      this.change({ settings, known: learnVersions(known, settings.versions) });
    } else if (event.type === "records") {
      const versions = { ...event.versions, revision: event.revision };
      this.change({ log: appendRecords(log, event), known: learnVersions(known, versions) });
    } else if (event.type === "alert") {
      this.change({ known: learnVersions(known, event.versions) });
    }
  }

  private startAt(revision: number): void {
    const { log, known } = this.state;
    if (log.revision === null) {
      const first = { revision, entries: [] };
      this.change({ log: first, known: learnVersions(known, { revision }) });
    } else if (log.revision !== revision) this.reset(revision);
  }

  /** Forget all earlier data: the server cannot continue from there. */
  private reset(revision: number | null): void {
    const log = { revision, entries: [] };
    this.change({ log, known: forgetVersions(this.state.known) });
  }

  private observeClock(date: ServerDate | null): void {
    if (date === null) return;
    this.clock.observe({ ...date, sentMs: this.openedAtMs, receivedMs: Date.now() });
  }

  private change(part: Partial<LiveState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}

function boundedBackoff(ms: number): number {
  return Math.min(Math.max(ms, FIRST_BACKOFF_MS), MAX_BACKOFF_MS);
}
