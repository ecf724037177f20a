import { useState } from "react";
import type { ChartForm } from "@/components/chart/types";
import { changeAddress, useAddress } from "@/hooks/useAddress";
import { VIEWS, type View } from "@/lib/address";
import { readStored, writeStored } from "@/lib/platform/storage";
import { hasDays, lengthOf, type Range, type Span } from "@/lib/range";
import { HOUR_MS } from "@/lib/time";

/** Single requests are legible up to this length. */
const REQUESTS_UP_TO_MS = 2 * HOUR_MS;

export const FORMS = {
  days: [],
  requests: ["together", "rows"],
  interval: ["lines", "bars", "rows"],
  total: [],
} as const satisfies Readonly<Record<View, readonly ChartForm[]>>;

/** The choices for a range: days from three of them on. */
export function viewsOf(range: Range): readonly View[] {
  return hasDays(range) ? VIEWS : VIEWS.filter((view) => view !== "days");
}

function fittingView(range: Range, zoom: Span | null): View {
  if (hasDays(range) && !zoom) return "days";
  return lengthOf(range) <= REQUESTS_UP_TO_MS ? "requests" : "interval";
}

/** The view of the address, otherwise of the browser's memory, otherwise the one that fits. */
export function useView(range: Range) {
  const [{ view: inAddress, zoom }] = useAddress();
  // Days and hours are remembered apart: the view of one need not fit the other.
  const key = hasDays(range) ? "view.days" : "view";
  // Read once: back and forward go by the address.
  const [memory] = useState(() => ({
    view: storedOf("view", VIEWS),
    "view.days": storedOf("view.days", VIEWS),
  }));
  const fitting = fittingView(range, zoom);
  const unaddressed = memory[key] ?? fitting;
  const chosen = inAddress ?? unaddressed;
  /** Picking the fitting view makes the remembered choice automatic again. */
  const pick = (picked: View) => {
    writeStored(key, picked === fitting ? "" : picked);
    changeAddress({ view: picked === unaddressed ? null : picked });
  };
  return [chosen, pick] as const;
}

/** Single requests cannot be drawn from sums, and hours have no days. */
export function possibleView(chosen: View, range: Range, hasSums: boolean): View {
  const isImpossible = chosen === "days" ? !hasDays(range) : chosen === "requests" && hasSums;
  return isImpossible ? "interval" : chosen;
}

/** The chosen form of a view, remembered for each view; null: automatic. */
export function useForm(view: View) {
  const [chosen, setChosen] = useState<Partial<Record<View, ChartForm>>>({});
  const form = chosen[view] ?? storedOf<ChartForm>(`form.${view}`, FORMS[view]);
  const pick = (picked: ChartForm) => {
    writeStored(`form.${view}`, picked);
    setChosen((before) => ({ ...before, [view]: picked }));
  };
  return [form, pick] as const;
}

function storedOf<Name extends string>(key: string, names: readonly Name[]): Name | null {
  const stored = readStored(key);
  return names.find((name) => name === stored) ?? null;
}
