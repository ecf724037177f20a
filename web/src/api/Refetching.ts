/** Decides when the answer of a query is fetched again. */
import type { QueryState } from "@tanstack/react-query";
import { after } from "@/lib/platform/after";
import type { Live } from "./live/Live";
import { isPassing } from "./problem";

/** Data that changes with every event is not fetched more often than this. */
const SPACING_MS = 400;
const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 30_000;

type State = Pick<QueryState, "fetchStatus" | "status" | "error" | "dataUpdatedAt">;

/** The next fetch of a query's answer, and its tries after a failure. */
export class Refetching {
  /** At which the last try was made; null without a failure. */
  private triedOn: string | null = null;
  private count = 0;
  private cancel = () => {};

  constructor(private readonly live: Live) {}

  /** Plan the next fetch, if one is needed, in place of the one planned before. */
  plan(stateOf: () => State | undefined, isNeeded: boolean, refetch: () => unknown): void {
    this.cancel();
    const state = stateOf();
    if (state?.fetchStatus !== "idle") return;
    const occasion = occasionOf(this.live);
    const isError = state.status === "error";
    this.triedOn = isError ? (this.triedOn ?? occasion) : null;
    if (!isError) this.count = 0;
    const isNewOccasion = isError && this.triedOn !== occasion;
    if (!isNeeded && !isNewOccasion && !isPassing(state.error)) return;
    const waitMs = isError && !isNewOccasion ? retryMs(this.count) : spacingMs(state.dataUpdatedAt);
    this.cancel = after(waitMs, () => {
      // Another component may have begun to fetch the same answer.
      if (stateOf()?.fetchStatus !== "idle") return;
      this.triedOn = occasion;
      this.count = isNewOccasion ? 0 : this.count + 1;
      refetch();
    });
  }

  /** Call back when something new is known or the connection has changed: a try may succeed now. */
  onOccasion(callback: () => void): () => void {
    let last = occasionOf(this.live);
    return this.live.subscribe(() => {
      const occasion = occasionOf(this.live);
      if (occasion === last) return;
      last = occasion;
      callback();
    });
  }

  stop(): void {
    this.cancel();
  }
}

function occasionOf(live: Live): string {
  const { known, connection } = live.getState();
  return `${known.step} ${connection}`;
}

function spacingMs(updatedAtMs: number): number {
  return Math.min(Math.max(SPACING_MS - (Date.now() - updatedAtMs), 0), SPACING_MS);
}

function retryMs(count: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** count, MAX_RETRY_MS);
}
