import { useMessages } from "@/i18n";
import { isLowerBound } from "../data/gaps";
import type { DashboardState } from "../data/useDashboard";

/** Reservations about the table's numbers: lower bounds, and no median. */
export function Notes({ usage, gaps, differences }: DashboardState) {
  const { models } = useMessages().dashboard;
  const notes = [
    ...(isLowerBound(gaps, differences) ? [models.atLeast] : []),
    ...(usage?.bucket_s != null && usage.sums_before !== null ? [models.sumsKept] : []),
  ];
  if (notes.length === 0) return null;
  return <p className="border-t border-line px-4 py-2.5 text-xs text-faint">{notes.join(" ")}</p>;
}
