/** One stop of the keyboard for a row of controls: arrows move within it. */
import { type KeyboardEvent, useRef, useState } from "react";

/** Return the place after a key; null for other keys. `across` is the length of a line. */
function moved(key: string, at: number, count: number, across: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -across,
    ArrowDown: across,
  };
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = steps[key];
  const next = at + (step ?? 0);
  return step === undefined || next < 0 || next >= count ? null : next;
}

interface Options {
  readonly count: number;
  /** The place that has the first focus. */
  readonly first: number;
  readonly across?: number;
}

export function useRoving<Item extends HTMLElement>({ count, first, across = 0 }: Options) {
  const [chosen, setChosen] = useState<number | null>(null);
  const items = useRef<(Item | null)[]>([]);
  const at = Math.min(chosen ?? first, count - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(event.key, at, count, across);
    if (next === null || (across === 0 && /Up|Down/.test(event.key))) return;
    event.preventDefault();
    setChosen(next);
    items.current[next]?.focus();
  };
  const itemProps = (place: number) => ({
    ref: (item: Item | null) => {
      items.current[place] = item;
    },
    tabIndex: place === at ? 0 : -1,
    onKeyDown,
  });
  return itemProps;
}
