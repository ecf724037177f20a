/** The server's time as state. Timers run only while the page is visible. */
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useSyncExternalStore,
} from "react";
import { Clock } from "@/lib/platform/clock";

const ClockContext = createContext(new Clock());

export function ClockProvider({ clock, children }: { clock: Clock; children: ReactNode }) {
  return <ClockContext value={clock}>{children}</ClockContext>;
}

export function useClock(): Clock {
  return useContext(ClockContext);
}

/** Return milliseconds since 1970, rounded down to a multiple of `stepMs`. */
export function useNow(stepMs: number): number {
  const clock = useClock();
  const subscribe = useCallback(
    (listener: () => void) => onEachStep(clock, stepMs, listener),
    [clock, stepMs],
  );
  return useSyncExternalStore(subscribe, () => Math.floor(clock.now() / stepMs) * stepMs);
}

/** Whether the clock has reached an instant, within a step; a component renders once when it does. */
export function useIsPast(atMs: number | null, stepMs: number): boolean {
  const clock = useClock();
  const subscribe = useCallback(
    (listener: () => void) => (atMs === null ? () => {} : onEachStep(clock, stepMs, listener)),
    [clock, stepMs, atMs],
  );
  return useSyncExternalStore(subscribe, () => atMs !== null && clock.now() >= atMs);
}

function onEachStep(clock: Clock, stepMs: number, listener: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const schedule = () => {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(tick, stepMs - (clock.now() % stepMs));
  };
  const tick = () => {
    listener();
    schedule();
  };
  const stopClock = clock.subscribe(tick);
  document.addEventListener("visibilitychange", tick);
  schedule();
  return () => {
    clearTimeout(timer);
    stopClock();
    document.removeEventListener("visibilitychange", tick);
  };
}
