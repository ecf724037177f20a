/** The range that is shown: the address has it, or else the settings. */
import { useMemo } from "react";
import { useAddress } from "@/hooks/useAddress";
import { useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { type Range, rangeOfHours, resolved } from "@/lib/range";
import { MINUTE_MS } from "@/lib/time";
import { useLiveState } from "./LiveContext";

/** In every zone a day begins at a multiple of it. */
const STEP_MS = 15 * MINUTE_MS;

/** Periods move on at midnight. */
export function useRange(): Range {
  const [{ range }] = useAddress();
  const hours = useLiveState((state) => state.settings?.range_hours ?? 1);
  const { zone } = useFormat();
  const now = useNow(STEP_MS);
  const found = resolved(range ?? rangeOfHours(hours), now, zone);
  // The same object until another range is meant.
  const text = JSON.stringify(found);
  return useMemo(() => JSON.parse(text) as Range, [text]);
}
