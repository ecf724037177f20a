/**
 * The server's clock, as far as its answers reveal it.
 *
 * Instants of the server are aged with the server's time: the browser's clock may be minutes off.
 * Each answer bounds the difference of the two clocks, because the server read its clock between
 * the sending of the request and the arrival of the answer. A difference that may be zero is zero.
 */

import { Observable } from "../Observable";

export interface ClockSample {
  /** A reading of the server's clock; the true time is up to `widthMs` later. */
  readonly serverMs: number;
  readonly widthMs: number;
  /** The browser's clock before and after the reading. */
  readonly sentMs: number;
  readonly receivedMs: number;
}

/** Smaller changes of the estimate are not worth a new rendering. */
const LEAST_CHANGE_MS = 500;

export class Clock {
  private lowMs = Number.NEGATIVE_INFINITY;
  private highMs = Number.POSITIVE_INFINITY;
  private readonly leadMs = new Observable(0);

  constructor(private readonly readBrowser: () => number = () => Date.now()) {}

  /** The server's time, in milliseconds since 1970. */
  readonly now = (): number => this.readBrowser() + this.getLead();

  /** How far the server's clock is ahead of the browser's, in milliseconds. */
  readonly getLead = this.leadMs.get;

  /** Call back when the estimate changes. */
  readonly subscribe = this.leadMs.subscribe;

  readonly observe = ({ serverMs, widthMs, sentMs, receivedMs }: ClockSample): void => {
    const low = serverMs - receivedMs;
    const high = serverMs + widthMs - sentMs;
    const isConsistent = low <= this.highMs && high >= this.lowMs;
    // Contradicting bounds mean that one of the clocks was set.
    this.lowMs = isConsistent ? Math.max(low, this.lowMs) : low;
    this.highMs = isConsistent ? Math.min(high, this.highMs) : high;
    this.estimate();
  };

  private estimate(): void {
    const mayBeZero = this.lowMs <= 0 && this.highMs >= 0;
    const lead = mayBeZero ? 0 : Math.round((this.lowMs + this.highMs) / 2);
    const change = Math.abs(lead - this.getLead());
    if (change === 0 || (lead !== 0 && change < LEAST_CHANGE_MS)) return;
    this.leadMs.set(lead);
  }
}

/** Return the clock reading in an answer's `Date` header, which has a resolution of one second. */
export function sampleOf(
  response: Response,
  sentMs: number,
  receivedMs: number,
): ClockSample | null {
  const serverMs = Date.parse(response.headers.get("date") ?? "");
  return Number.isNaN(serverMs) ? null : { serverMs, widthMs: 1_000, sentMs, receivedMs };
}
