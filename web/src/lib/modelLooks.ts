/**
 * Colour, marker and dash of each model: the same after a reload, in every range, view and browser.
 *
 * They follow from the server's list of models in the order of their first record, so a new model
 * never changes the look of another. A model family gets its own colour while that is free. After
 * all colours are used they repeat with other dashes.
 */
import { CYCLE_DASHES, type Dash, type Marker, PALETTE } from "./palette";

type Theme = "light" | "dark";

interface Assignment {
  readonly slot: number;
  /** How often all slots were used before. */
  readonly cycle: number;
}

interface ModelLook {
  readonly color: string;
  readonly marker: Marker;
  readonly dash: Dash | null;
}

export interface ModelLooks {
  readonly lookOf: (model: string, theme: Theme) => ModelLook;
  readonly colorOf: (model: string, theme: Theme) => string;
}

/** The families with a fixed palette slot, by slot. */
const FAMILIES = ["opus", "sonnet", "haiku"] as const;

/** The slots that a model may get, in order of preference; family slots come last for others. */
function preferredSlots(name: string): readonly number[] {
  const own = FAMILIES.findIndex((family) => name.toLowerCase().includes(family));
  const slots = PALETTE.map((_, at) => at);
  const others = [...slots.slice(FAMILIES.length), ...slots.slice(0, FAMILIES.length)];
  return own < 0 ? others : [own, ...others];
}

/** Assign a look to each model, in the order of their first record. */
export function assignLooks(models: readonly string[]): ReadonlyMap<string, Assignment> {
  const looks = new Map<string, Assignment>();
  let taken = new Set<number>();
  for (const model of models) {
    const cycle = Math.floor(looks.size / PALETTE.length);
    if (looks.size % PALETTE.length === 0) taken = new Set();
    const slot = preferredSlots(model).find((candidate) => !taken.has(candidate)) ?? 0;
    taken.add(slot);
    looks.set(model, { slot, cycle });
  }
  return looks;
}

/**
 * The looks of the listed models. An unlisted model gets the look that it would have as the next
 * one of the list: the server usually lists it a moment later.
 */
export function makeModelLooks(models: readonly string[]): ModelLooks {
  const looks = assignLooks(models);
  const assigned = (model: string): Assignment =>
    looks.get(model) ?? assignLooks([...models, model]).get(model) ?? { slot: 0, cycle: 0 };
  const lookOf = (model: string, theme: Theme): ModelLook => {
    const { slot, cycle } = assigned(model);
    const entry = PALETTE[slot] ?? PALETTE[0];
    const dash = CYCLE_DASHES[cycle % CYCLE_DASHES.length] ?? entry.dash;
    return { color: entry[theme], marker: entry.marker, dash };
  };
  return { lookOf, colorOf: (model, theme) => lookOf(model, theme).color };
}
