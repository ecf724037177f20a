/** Keeps the page's clock with the server's: each answer tells its time. */
import { useEffect } from "react";
import { onClockSample } from "@/api/client";
import type { Clock } from "@/lib/platform/clock";

export function useServerClock(clock: Clock): void {
  useEffect(() => onClockSample(clock.observe), [clock]);
}
