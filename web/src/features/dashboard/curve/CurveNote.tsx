import type { Chart } from "@/components/chart/types";
import { useFormat, useMessages } from "@/i18n";
import type { View } from "@/lib/address";
import { SECOND_MS } from "@/lib/time";
import type { DashboardState } from "../data/useDashboard";

interface Props {
  readonly state: DashboardState;
  readonly view: View;
  readonly chart: Chart | undefined;
}

/** How to read the view, also while the curve loads, and where only sums are known. */
export function CurveNote({ state, view, chart }: Props) {
  const { notes } = useMessages().dashboard.curve;
  const format = useFormat();
  const { usage } = state;
  const before = usage?.sums_before ?? null;
  if (view === "days" || (usage && !chart?.series.length)) return null;
  const text = () => {
    if (usage && usage.bucket_s !== null && before === null && !state.isBrief) {
      return notes.sums(format.length(usage.bucket_s * SECOND_MS));
    }
    return notes[view];
  };
  return (
    <p className="text-xs text-balance text-faint max-sm:hidden [&:has([data-testid])]:block">
      <span>{text()}</span>
      {before !== null && (
        <span data-testid="sums-before" className="figure-nums">
          {` · ${notes.sumsBefore(format.instant(before).slice(0, 16))}`}
        </span>
      )}
    </p>
  );
}
