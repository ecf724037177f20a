/** The time as state: one timer for all who ask for the same step, none while the page is hidden. */
import { useSyncExternalStore } from "react";

interface Ticker {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => number;
}

const tickers = new Map<number, Ticker>();

function tickerOf(stepMs: number): Ticker {
  const known = tickers.get(stepMs);
  if (known) return known;
  const ticker = makeTicker(stepMs);
  tickers.set(stepMs, ticker);
  return ticker;
}

function makeTicker(stepMs: number): Ticker {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  const turn = () => {
    clearInterval(timer);
    if (listeners.size === 0 || document.hidden) return;
    tick();
    timer = setInterval(tick, stepMs);
  };
  return {
    read: () => {
      if (listeners.size === 0 && Date.now() - now >= stepMs) now = Date.now();
      return now;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      if (listeners.size === 1) {
        document.addEventListener("visibilitychange", turn);
        timer = setInterval(tick, stepMs);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        document.removeEventListener("visibilitychange", turn);
        clearInterval(timer);
      };
    },
  };
}

/** Milliseconds since 1970, renewed every `stepMs`. */
export function useNow(stepMs: number): number {
  const ticker = tickerOf(stepMs);
  return useSyncExternalStore(ticker.subscribe, ticker.read);
}
