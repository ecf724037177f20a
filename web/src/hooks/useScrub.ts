/** A graphic of many marks as one target: the pointer reads the mark below it, a finger by moving. */
import type { PointerEvent } from "react";

interface Options {
  /** The number of marks in a row. */
  readonly across: number;
  /** The number of rows. */
  readonly down?: number;
  readonly onRead: (place: number | null, isFinger: boolean) => void;
}

/** Return the props of the element whose descendants with `data-mark` are the marks. */
export function useScrub({ across, down = 1, onRead }: Options) {
  const read = (event: PointerEvent<HTMLElement>) => {
    const marks = event.currentTarget.querySelectorAll("[data-mark]");
    const first = marks[0]?.getBoundingClientRect();
    const last = marks[marks.length - 1]?.getBoundingClientRect();
    if (!first || !last) return;
    const column = stepOf(event.clientX, first.left, last.right, across);
    const row = stepOf(event.clientY, first.top, last.bottom, down);
    onRead(row * across + column, event.pointerType === "touch");
  };
  const leave = ({ pointerType }: PointerEvent) => {
    // A finger that was lifted leaves its mark to be read.
    if (pointerType !== "touch") onRead(null, false);
  };
  return {
    "data-scrub": true,
    onPointerDown: read,
    onPointerMove: read,
    onPointerLeave: leave,
    style: { touchAction: "pan-y" },
  } as const;
}

/** Return the step of a place between two edges; outside of them, the nearest one. */
function stepOf(at: number, from: number, to: number, count: number): number {
  const step = Math.floor(((at - from) / (to - from)) * count);
  return Math.min(count - 1, Math.max(0, step));
}
