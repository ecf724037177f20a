/** The start of single requests, if the range begins earlier. */
import { useLiveState } from "@/api/LiveContext";
import { useNow } from "@/hooks/useNow";
import type { Filter } from "@/lib/filter";
import type { Range } from "@/lib/range";
import { MINUTE_MS, parseInstant } from "@/lib/time";
import { boundsOf } from "./filter";

/** Null where nothing that is meant was removed. */
export function useSumsBefore(filter: Filter, range: Range): number | null {
  const moment = parseInstant(useLiveState(({ status }) => status?.records.sums_before));
  const { from } = boundsOf(filter, range, useNow(MINUTE_MS));
  return moment !== null && (from === undefined || from < moment) ? moment : null;
}
