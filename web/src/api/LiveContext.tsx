/** The live stream within React: components read the part they need and render only for it. */
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import type { Connection, Live, LiveState } from "./live";
import type { Settings, Status } from "./types";

const LiveContext = createContext<Live | null>(null);

export function LiveProvider({ live, children }: { live: Live; children: ReactNode }) {
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error("There is no LiveProvider above this component.");
  return live;
}

/** A part of the live state; `select` must return the same value for the same state. */
export function useLiveState<Part>(select: (state: LiveState) => Part): Part {
  const live = useLive();
  return useSyncExternalStore(live.subscribe, () => select(live.getState()));
}

export function useConnection(): Connection {
  return useLiveState((state) => state.connection);
}

/** What the server last said of its state; null before it has said anything. */
export function useStatus(): Status | null {
  return useLiveState((state) => state.status);
}

export function useSettings(): Settings | null {
  return useLiveState((state) => state.settings);
}
