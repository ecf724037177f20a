/**
 * How a model looks: the same over reloads, ranges, pages and browsers.
 *
 * The server lists the models in the order of their first record; from that list alone follows who
 * has which colour, and a later model changes no other's. A family has its own colour as long as it
 * is free. When all are taken they come again, with a dashed, then a dotted line.
 */
import { DASHES, type Dash, PALETTE } from "./palette";

export interface Look {
  readonly slot: number;
  readonly dash: Dash;
}

/** Each family's own place in the palette, in order. */
const FAMILIES = ["opus", "sonnet", "haiku"] as const;

/** A number that a name always gives (FNV-1a). */
function numberOf(name: string): number {
  let number = 0x811c9dc5;
  for (const character of name) {
    number = Math.imul(number ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return number >>> 0;
}

/** The places that a name would take, the dearest first; the families' own are left to them. */
function wishesOf(name: string): readonly number[] {
  const own = FAMILIES.findIndex((family) => name.toLowerCase().includes(family));
  const free = PALETTE.length - FAMILIES.length;
  const start = numberOf(name) % free;
  const others = Array.from({ length: free }, (_, at) => FAMILIES.length + ((start + at) % free));
  const rest = FAMILIES.map((_, at) => at);
  return own < 0 ? [...others, ...rest] : [own, ...others, ...rest];
}

/** The looks of names in the order in which they were first seen. */
export function looksOf(names: readonly string[]): ReadonlyMap<string, Look> {
  const looks = new Map<string, Look>();
  let taken = new Set<number>();
  for (const name of names) {
    const round = Math.floor(looks.size / PALETTE.length);
    if (looks.size % PALETTE.length === 0) taken = new Set();
    const slot = wishesOf(name).find((wish) => !taken.has(wish)) ?? 0;
    taken.add(slot);
    looks.set(name, { slot, dash: DASHES[round % DASHES.length] ?? "solid" });
  }
  return looks;
}

/** As the server lists them, and those that it has not listed yet. */
let listed: readonly string[] = [];
let met: readonly string[] = [];
let looks: ReadonlyMap<string, Look> = new Map();

/** Takes over the server's list. */
export function knowModels(names: readonly string[]): void {
  if (names.length === listed.length && names.every((name, at) => name === listed[at])) return;
  listed = [...names];
  met = met.filter((name) => !names.includes(name));
  looks = looksOf([...listed, ...met]);
}

/** Forgets every model. */
export function forgetLooks(): void {
  listed = met = [];
  looks = new Map();
}

/** Gives each of these a look, for as long as the server has not listed them. */
export function claimLooks(names: readonly string[]): void {
  const newcomers = names.filter((name) => !looks.has(name)).toSorted();
  if (newcomers.length === 0) return;
  met = [...met, ...new Set(newcomers)];
  looks = looksOf([...listed, ...met]);
}

export function lookOf(name: string): Look {
  claimLooks([name]);
  return looks.get(name) ?? { slot: 0, dash: "solid" };
}

export function colorOf(name: string, theme: "light" | "dark"): string {
  return (PALETTE[lookOf(name).slot] ?? PALETTE[0])[theme];
}
