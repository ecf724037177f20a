import { useFormat, useMessages } from "@/i18n";
import type { View } from "@/lib/address";
import { SECOND_MS } from "@/lib/time";
import { bucketOf } from "../data/chart";
import type { DashboardState } from "../data/useDashboard";

/** What a point of the view is, with the size of its bucket, and where only sums are known. */
export function CurveNote({ state, view }: { state: DashboardState; view: View }) {
  const { notes } = useMessages().dashboard.curve;
  const format = useFormat();
  const { usage, window } = state;
  const before = usage?.sums_before ?? null;
  const text = () => {
    if (view === "interval" && usage) {
      return notes.interval(format.duration(bucketOf(usage, window)));
    }
    if (view === "requests" && usage?.bucket_s) {
      const bucket = format.duration(usage.bucket_s * SECOND_MS);
      return before === null ? notes.sums(bucket) : notes.interval(bucket);
    }
    return view === "total" ? notes.total : notes.requests;
  };
  return (
    <p className="text-xs text-balance text-faint">
      {text()}
      {before !== null && (
        <>
          {" · "}
          <span data-testid="sums-before" className="figure-nums">
            {notes.sumsBefore(format.instant(before).slice(0, 16))}
          </span>
        </>
      )}
    </p>
  );
}
