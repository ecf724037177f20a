/** Timers that a test lets come due. */
import type { After } from "@/lib/platform/after";
import { settle } from "./stream";

export class TestTimers {
  readonly running = new Map<symbol, { readonly ms: number; readonly run: () => void }>();

  readonly after: After = (ms, run) => {
    const key = Symbol("timer");
    this.running.set(key, { ms, run });
    return () => this.running.delete(key);
  };

  /** Run the only timer; return its delay. */
  async expire(): Promise<number> {
    const [[key, timer] = [], ...others] = this.running;
    if (key === undefined || timer === undefined) throw new Error("No timer is running.");
    if (others.length > 0) throw new Error("More than one timer is running.");
    this.running.delete(key);
    timer.run();
    await settle();
    return timer.ms;
  }
}
