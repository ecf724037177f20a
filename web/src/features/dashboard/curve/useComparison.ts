/** The comparison of the curve: chosen in the legend, remembered by the browser. */
import { useMemo, useState } from "react";
import type { Usage } from "@/api/types";
import { hasTotalLine } from "@/components/chart/totals";
import type { PreviousSpan, UsualRates } from "@/components/chart/types";
import { useFormat } from "@/i18n";
import type { View } from "@/lib/address";
import { isComparable } from "@/lib/covered";
import { readStoredList, writeStored } from "@/lib/platform/storage";
import { DAY_MS } from "@/lib/time";
import { previousSpan, usualRates } from "../data/comparison";
import type { DashboardState } from "../data/useDashboard";
import type { Hidden } from "../data/useHidden";
import { usePrevious } from "../data/usePrevious";
import { useUsualHours } from "../data/useUsualHours";

export type Compared = "previous" | "usual";

/** Longer ranges have an interval per day, for which nothing is usual. */
const USUAL_UP_TO_MS = 7.5 * DAY_MS;
const STORED = "comparison.off";

export interface Comparison {
  readonly previous: PreviousSpan | null;
  readonly usual: UsualRates | null;
  /** What there is to show, also where it is switched off. */
  readonly offered: readonly Compared[];
  readonly off: ReadonlySet<Compared>;
  readonly toggle: (name: Compared) => void;
}

interface Shown {
  readonly state: DashboardState;
  /** The same within the zoom. */
  readonly inSight: DashboardState;
  readonly view: View;
  readonly hidden: Hidden;
}

export function useComparison({ state, inSight, view, hidden }: Shown): Comparison {
  const { zone } = useFormat();
  const [off, setOff] = useState(storedOff);
  const { usage, window } = state;
  const hasPrevious = view === "interval" || (view === "total" && isTotalDrawn(usage, hidden));
  const hours = useUsualHours(usage !== undefined && view === "interval");
  const previous = useDrawnPrevious(state, inSight, hidden, hasPrevious);
  const models = hidden.models;
  const rates = useMemo(() => (hours?.length ? usualRates(hours, zone) : null), [hours, zone]);
  // It is the usual spend of all models together.
  const isUsual = view === "interval" && !usage?.series.some(({ key }) => models.has(key));
  const isShort = window.to - window.from <= USUAL_UP_TO_MS;
  const usual = isUsual && isShort ? rates : null;
  return {
    previous: off.has("previous") ? null : previous,
    usual: off.has("usual") ? null : usual,
    offered: [...(previous ? ["previous" as const] : []), ...(usual ? ["usual" as const] : [])],
    off,
    toggle: (name) => {
      const next = new Set(off);
      if (!next.delete(name)) next.add(name);
      setOff(next);
      writeStored(STORED, JSON.stringify([...next]));
    },
  };
}

/** Null while it is not known, and where too little of it is known to compare with. */
function useDrawnPrevious(
  state: DashboardState,
  inSight: DashboardState,
  { models: hidden }: Hidden,
  isWanted: boolean,
): PreviousSpan | null {
  const { usage, gaps, window, before } = state;
  const zoom = inSight.isZoomed ? inSight.window : null;
  const whole = usePrevious(state, { isWanted });
  // A zoom has finer intervals.
  const near = usePrevious(state, { isWanted: isWanted && zoom !== null, zoom });
  return useMemo(() => {
    if (!isWanted || !usage || !whole) return null;
    const shift = window.from - before.from;
    const span = zoom ? { from: zoom.from - shift, to: zoom.to - shift } : before;
    if (!isComparable([...whole.usage.gaps, ...gaps], span)) return null;
    return previousSpan({ previous: near ?? whole, usage, gaps, window, before, hidden });
  }, [whole, near, usage, gaps, window, before, zoom, hidden, isWanted]);
}

/** The previous span is a total: it is compared with the total, or with the only series. */
function isTotalDrawn(usage: Usage | undefined, hidden: Hidden): boolean {
  const shown = usage?.series.filter(({ key }) => !hidden.models.has(key)) ?? [];
  return shown.length === 1 || hasTotalLine(shown.map(({ total }) => total));
}

function storedOff(): ReadonlySet<Compared> {
  const stored = readStoredList(STORED);
  return new Set((["previous", "usual"] as const).filter((name) => stored.includes(name)));
}
