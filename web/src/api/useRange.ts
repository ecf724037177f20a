/** The range that is shown: the address has it, or else the settings. */
import { useMemo } from "react";
import { useAddress } from "@/hooks/useAddress";
import type { Range } from "@/lib/range";
import { useLiveState } from "./LiveContext";

export function useRange(): Range {
  const [{ range }] = useAddress();
  const hours = useLiveState((state) => state.settings?.range_hours ?? 1);
  return useMemo(() => range ?? { kind: "last", hours }, [range, hours]);
}
