/** The live state within React: a component renders only for the part that it selects. */
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import type { Live } from "./live/Live";
import type { Connection, LiveState } from "./live/state";
import type { Settings, Status } from "./types";

const LiveContext = createContext<Live | null>(null);

export function LiveProvider({ live, children }: { live: Live; children: ReactNode }) {
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error("A LiveProvider is missing above this component.");
  return live;
}

/** Return a part of the live state; `select` must return the same value for the same state. */
export function useLiveState<Part>(select: (state: LiveState) => Part): Part {
  const live = useLive();
  return useSyncExternalStore(live.subscribe, () => select(live.getState()));
}

export function useConnection(): Connection {
  return useLiveState((state) => state.connection);
}

/** Return the server's newest status; null before the first one. */
export function useStatus(): Status | null {
  return useLiveState((state) => state.status);
}

export function useSettings(): Settings | null {
  return useLiveState((state) => state.settings);
}
