/** The balance over time as paths of a picture that is stretched to its place. */
import type { AccountHistory } from "@/api/types";
import { MINUTE_MS } from "@/lib/time";

export const WIDTH = 600;
export const HEIGHT = 120;

export interface Drawn {
  readonly line: string;
  readonly area: string;
  readonly marks: readonly (AccountHistory["events"][number] & { readonly x: number })[];
}

/** Readings of a shorter time than this are no history yet. */
const SHORTEST_MS = 10 * MINUTE_MS;

/** A balance stays until the next reading, so the line has steps; null while there is no history. */
export function drawnBalance({ t, balance, events }: AccountHistory): Drawn | null {
  const from = t[0] ?? 0;
  const to = t.at(-1) ?? 0;
  if (to - from < SHORTEST_MS) return null;
  const highest = Math.max(1, ...balance);
  const x = (at: number) => rounded(((at - from) / (to - from)) * WIDTH);
  const y = (value: number) => rounded(HEIGHT - (Math.max(0, value) / highest) * (HEIGHT - 4));
  const steps = t.slice(1).map((at, index) => `H${x(at)}V${y(balance[index + 1] ?? 0)}`);
  const line = `M0 ${y(balance[0] ?? 0)}${steps.join("")}`;
  const marks = events.filter(({ kind, t: at }) => kind !== "recovery" && at >= from && at <= to);
  return {
    line,
    area: `${line}V${HEIGHT}H0z`,
    marks: marks.map((event) => ({ ...event, x: x(event.t) })),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
