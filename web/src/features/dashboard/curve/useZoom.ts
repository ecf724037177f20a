import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Window } from "@/components/chart/types";
import { keptZoom } from "@/components/chart/zoom";
import { changeAddress, useAddress } from "@/hooks/useAddress";
import type { Span } from "@/lib/range";

/** The address follows when the zoom rests: browsers limit how often it may change. */
const REST_MS = 250;

interface Pending {
  /** The address at the start of the gesture. */
  readonly zoom: Span | null;
  readonly next: Window | null;
}

/** The zoom of the address, kept within the window; null: the whole range. */
export function useAddressZoom(window: Span): Window | null {
  const [{ zoom }] = useAddress();
  const { from, to } = window;
  return useMemo(() => keptZoom(zoom, { from, to }), [zoom, from, to]);
}

/** The zoom of the chart: ahead of the address while a gesture goes on. */
export function useZoom(shown: Span) {
  const [{ zoom: written }] = useAddress();
  const inAddress = useAddressZoom(shown);
  const [pending, setPending] = useState<Pending | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unwritten = useRef<(() => void) | null>(null);
  const current = useRef(written);
  useEffect(() => {
    current.current = written;
    // Another address ends the gesture.
    return () => {
      clearTimeout(timer.current);
      unwritten.current = null;
    };
  }, [written]);
  const onZoom = useCallback((next: Window | null) => {
    setPending({ zoom: current.current, next });
    clearTimeout(timer.current);
    const write = () => {
      unwritten.current = null;
      changeAddress({ zoom: next }, "replace");
      setPending(null);
    };
    unwritten.current = write;
    timer.current = setTimeout(write, REST_MS);
  }, []);
  // A reload during the rest keeps the zoom.
  useEffect(() => {
    const flush = () => unwritten.current?.();
    window.addEventListener("pagehide", flush);
    return () => window.removeEventListener("pagehide", flush);
  }, []);
  const isPending = pending !== null && pending.zoom === written;
  return { zoom: isPending ? pending.next : inAddress, onZoom };
}
