/** Whether the page knows which of its faces to show. */
import { useEffect, useState } from "react";
import { useLiveState } from "@/api/LiveContext";

/** A stream that has said nothing for so long is not waited for: the rest of the page may work. */
const PATIENCE_MS = 3_000;

export function useIsKnown(): boolean {
  const isTold = useLiveState(({ status, settings }) => status !== null && settings !== null);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    if (isTold) return;
    const timer = setTimeout(() => setOver(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isTold]);
  return isTold || isOver;
}
