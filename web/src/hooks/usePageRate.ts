/** The current rate as the tab's title shows it: set by the figures, null without one. */
import { useEffect, useSyncExternalStore } from "react";
import { Observable } from "@/lib/Observable";

const rate = new Observable<string | null>(null);

export function useShowRate(text: string | null): void {
  useEffect(() => {
    rate.set(text);
    return () => rate.set(null);
  }, [text]);
}

export function usePageRate(): string | null {
  return useSyncExternalStore(rate.subscribe, rate.get);
}
