/**
 * The page's live stream and the one place of the server's state on the page.
 *
 * The stream is open while the page is visible. It reconnects by itself with a jittered back-off
 * and resumes after the last known revision, so that no record is lost or applied twice.
 */
import { replaceEqualDeep } from "@tanstack/react-query";
import { Observable } from "@/lib/Observable";
import type { Clock } from "@/lib/platform/clock";
import { forgetVersion, learnVersions } from "../versions";
import { Backoff } from "./Backoff";
import { ChosenSettings } from "./ChosenSettings";
import type { Environment } from "./environment";
import type { ServerDate, StreamEvent } from "./events";
import { type Ending, follow } from "./source";
import { changesBy, INITIAL, type LiveState } from "./state";

type Part = Partial<Pick<LiveState, "status" | "settings">>;

export class Live {
  readonly settings = new ChosenSettings((settings) => this.change({ settings }));
  private readonly shown = new Observable(INITIAL);
  private stopFollowing: (() => void) | null = null;
  private cancelRetry = () => {};
  private readonly backoff: Backoff;
  private openedAtMs = 0;

  constructor(private readonly environment: Environment) {
    this.backoff = new Backoff(environment.random);
  }

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

  readonly getState = this.shown.get;
  readonly subscribe = this.shown.subscribe;

  /** Show the answer to a call, unless the stream has reported a newer state. */
  applyAnswer({ status, settings }: Part): void {
    if (settings) this.settings.learn(settings);
    if (status && this.state.connection !== "live") {
      this.change({ status, known: learnVersions(this.state.known, status.versions) });
    }
  }

  /** Try again now: the access key was given, or the user asks. */
  retry(): void {
    this.backoff.reset();
    this.close();
    this.open();
  }

  private get state(): LiveState {
    return this.shown.get();
  }

  private adapt(): void {
    const { connection } = this.state;
    if (!this.environment.isVisible()) {
      this.close();
      this.change({ connection: "paused", awaySinceMs: null, retryAtMs: null });
    } else if (connection !== "locked" && this.stopFollowing === null) {
      this.backoff.reset();
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
    const waitMs = this.backoff.nextMs();
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
      this.settings.startStream();
      this.change({ known: forgetVersion(this.state.known, "alerts") });
      return;
    }
    this.backoff.reset();
    if (this.state.connection !== "live") {
      this.change({ connection: "live", awaySinceMs: null, retryAtMs: null });
    }
    if (event.type === "retry") this.backoff.startWith(event.ms);
    else this.change(changesBy(event, this.state));
    if (event.type === "settings") this.settings.report(event.settings);
  }

  private observeClock(date: ServerDate | null): void {
    if (date === null) return;
    this.clock.observe({ ...date, sentMs: this.openedAtMs, receivedMs: Date.now() });
  }

  /** Equal parts keep their objects: only components whose part has changed render again. */
  private change(part: Partial<LiveState>): void {
    const before = this.state;
    const next = { ...before, ...part };
    const status = replaceEqualDeep(before.status, next.status);
    const settings = replaceEqualDeep(before.settings, next.settings);
    this.shown.set({ ...next, status, settings });
  }
}
