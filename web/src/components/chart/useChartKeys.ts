/** The chart by keyboard: arrows move the crosshair, plus and minus zoom, Escape resets. */
import type { KeyboardEvent } from "react";
import type { Reading } from "./reading";
import type { Scene } from "./scene";
import { nextStop } from "./stops";
import type { Window } from "./types";
import { zoomAround } from "./usePointer";

const DIRECTIONS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowLeft: -1 };
const FACTORS: Readonly<Record<string, number>> = { "+": 0.5, "=": 0.5, "-": 2, "−": 2 };

export function useChartKeys(
  scene: Scene | null,
  reading: Reading | null,
  setX: (x: number | null) => void,
  onZoom: (zoom: Window | null) => void,
) {
  /** Whether the key is one of the chart's. */
  const act = (key: string, now: Scene): boolean => {
    const direction = DIRECTIONS[key];
    const factor = FACTORS[key];
    if (direction !== undefined) {
      const next = nextStop(now, reading, direction);
      if (next !== null) setX(next);
    } else if (factor !== undefined) {
      onZoom(zoomAround(now, factor, reading?.x ?? (now.plot.left + now.plot.right) / 2));
    } else if (key === "Escape") {
      setX(null);
      onZoom(null);
    } else return false;
    return true;
  };
  return (event: KeyboardEvent) => {
    if (!scene || event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(event.key, scene)) event.preventDefault();
  };
}
