/** The current rate as the tab's title shows it: set by the figures, null without one. */
import { useEffect, useSyncExternalStore } from "react";

let shown: string | null = null;
const listeners = new Set<() => void>();

function change(text: string | null): void {
  shown = text;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useShowRate(text: string | null): void {
  useEffect(() => {
    change(text);
    return () => change(null);
  }, [text]);
}

export function usePageRate(): string | null {
  return useSyncExternalStore(subscribe, () => shown);
}
