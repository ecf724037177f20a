/**
 * Colour and dash of each model: the same after a reload, in every range, view and browser.
 *
 * They follow from the server's list of models in the order of their first record, so a new model
 * never changes the look of another. A model family gets its own colour while that is free. After
 * all colours are used they repeat with a dashed, then a dotted line.
 */
import { DASHES, type Dash, PALETTE } from "./palette";

interface Look {
  readonly slot: number;
  readonly dash: Dash;
}

export interface ModelLooks {
  readonly lookOf: (model: string) => Look;
  readonly colorOf: (model: string, theme: "light" | "dark") => string;
}

/** The families with a palette slot of their own, by slot. */
const FAMILIES = ["opus", "sonnet", "haiku"] as const;

/** FNV-1a. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** The slots that a model may get, in order of preference; family slots come last for others. */
function preferredSlots(name: string): readonly number[] {
  const own = FAMILIES.findIndex((family) => name.toLowerCase().includes(family));
  const free = PALETTE.length - FAMILIES.length;
  const start = hashOf(name) % free;
  const others = Array.from({ length: free }, (_, at) => FAMILIES.length + ((start + at) % free));
  const families = FAMILIES.map((_, at) => at);
  return own < 0 ? [...others, ...families] : [own, ...others, ...families];
}

/** Assign a look to each model, in the order of their first record. */
export function assignLooks(models: readonly string[]): ReadonlyMap<string, Look> {
  const looks = new Map<string, Look>();
  let taken = new Set<number>();
  for (const model of models) {
    const cycle = Math.floor(looks.size / PALETTE.length);
    if (looks.size % PALETTE.length === 0) taken = new Set();
    const slot = preferredSlots(model).find((candidate) => !taken.has(candidate)) ?? 0;
    taken.add(slot);
    looks.set(model, { slot, dash: DASHES[cycle % DASHES.length] ?? "solid" });
  }
  return looks;
}

/**
 * The looks of the listed models. An unlisted model gets the look that it would have as the next
 * one of the list: the server usually lists it a moment later.
 */
export function makeModelLooks(models: readonly string[]): ModelLooks {
  const looks = assignLooks(models);
  const lookOf = (model: string): Look =>
    looks.get(model) ?? assignLooks([...models, model]).get(model) ?? { slot: 0, dash: "solid" };
  return {
    lookOf,
    colorOf: (model, theme) => (PALETTE[lookOf(model).slot] ?? PALETTE[0])[theme],
  };
}
