import { useState } from "react";
import type { ChartForm } from "@/components/chart/types";
import { changeAddress, useAddress } from "@/hooks/useAddress";
import { VIEWS, type View } from "@/lib/address";
import { readStored, writeStored } from "@/lib/platform/storage";
import { lengthOf, type Range } from "@/lib/range";
import { HOUR_MS } from "@/lib/time";

/** Single requests are legible up to this length. */
const REQUESTS_UP_TO_MS = 2 * HOUR_MS;

export const FORMS = {
  requests: ["together", "rows"],
  interval: ["lines", "bars", "rows"],
  total: [],
} as const satisfies Readonly<Record<View, readonly ChartForm[]>>;

/** The view of the address, otherwise of the browser's memory, otherwise the one that fits. */
export function useView(range: Range, hasSums: boolean) {
  const [{ view: inAddress }] = useAddress();
  // Read once: back and forward go by the address.
  const [stored] = useState(() => storedOf("view", VIEWS));
  const fitting: View = lengthOf(range) <= REQUESTS_UP_TO_MS ? "requests" : "interval";
  const unaddressed = stored ?? fitting;
  const chosen = inAddress ?? unaddressed;
  /** Picking the fitting view makes the remembered choice automatic again. */
  const pick = (picked: View) => {
    writeStored("view", picked === fitting ? "" : picked);
    changeAddress({ view: picked === unaddressed ? null : picked });
  };
  // Single requests cannot be drawn from sums.
  const view: View = hasSums && chosen === "requests" ? "interval" : chosen;
  return [view, pick] as const;
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
