import { useFormat, useMessages } from "@/i18n";
import type { View } from "@/lib/address";
import { SECOND_MS } from "@/lib/time";
import { bucketOf } from "../data/chart";
import type { DashboardState } from "../data/useDashboard";

/** What a point of the view is, with the size of its bucket. */
export function CurveNote({ state, view }: { state: DashboardState; view: View }) {
  const { notes } = useMessages().dashboard.curve;
  const format = useFormat();
  const { usage, window } = state;
  const text = () => {
    if (view === "interval" && usage) {
      return notes.interval(format.duration(bucketOf(usage, window)));
    }
    if (view === "requests" && usage?.bucket_s) {
      return notes.sums(format.duration(usage.bucket_s * SECOND_MS));
    }
    return view === "total" ? notes.total : notes.requests;
  };
  return <p className="text-xs text-faint">{text()}</p>;
}
