/**
 * How a model looks: always the same, over reloads, ranges and pages.
 *
 * A name's own number chooses its colour; where another model has that one already, the next free
 * one is taken, and the browser remembers who came first. When all colours are taken, they come
 * again with a dashed, then a dotted line.
 */
import { DASHES, type Dash, PALETTE } from "./palette";
import { readStoredList, writeStored } from "./storage";

export interface Look {
  readonly slot: number;
  readonly dash: Dash;
}

const STORED = "models";

/** A number that a name always gives (FNV-1a). */
function numberOf(name: string): number {
  let number = 0x811c9dc5;
  for (const character of name) {
    number = Math.imul(number ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return number >>> 0;
}

/** The looks of names in the order in which they were first seen. */
export function looksOf(names: readonly string[]): ReadonlyMap<string, Look> {
  const looks = new Map<string, Look>();
  for (const name of names) {
    const round = Math.floor(looks.size / PALETTE.length);
    const taken = [...looks.values()].slice(round * PALETTE.length).map((look) => look.slot);
    let slot = numberOf(name) % PALETTE.length;
    while (taken.includes(slot)) slot = (slot + 1) % PALETTE.length;
    looks.set(name, { slot, dash: DASHES[round % DASHES.length] ?? "solid" });
  }
  return looks;
}

let seen: readonly string[] | null = null;
let looks: ReadonlyMap<string, Look> = new Map();

/** Forgets what was read, so that the next look reads the browser's memory again. */
export function forgetLooks(): void {
  seen = null;
}

/**
 * Gives each of these models its look. Those that come together are taken by name, so that a fresh
 * browser gives them the same looks in whatever order an answer lists them.
 */
export function claimLooks(names: readonly string[]): void {
  if (seen === null) {
    seen = readStoredList(STORED);
    looks = looksOf(seen);
  }
  const newcomers = names.filter((name) => !looks.has(name)).toSorted();
  if (newcomers.length === 0) return;
  seen = [...seen, ...new Set(newcomers)];
  looks = looksOf(seen);
  writeStored(STORED, JSON.stringify(seen));
}

export function lookOf(name: string): Look {
  claimLooks([name]);
  return looks.get(name) ?? { slot: 0, dash: "solid" };
}

export function colorOf(name: string, theme: "light" | "dark"): string {
  return (PALETTE[lookOf(name).slot] ?? PALETTE[0])[theme];
}
