/** Sets the page's clock by the server's time in each answer. */
import { useEffect } from "react";
import { onClockSample } from "@/api/http";
import type { Clock } from "@/lib/platform/clock";

export function useServerClock(clock: Clock): void {
  useEffect(() => onClockSample(clock.observe), [clock]);
}
