import { useStatus } from "@/api/LiveContext";
import type { Difference, Reconciliation } from "@/api/types";
import { Hint } from "@/components/ui/Hint";
import { useFormat, useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import type { DashboardState } from "../data/useDashboard";

/** So many hours are told one by one, the latest. */
const MOST_HOURS = 4;

/** How many of the newest hours the site sums as we do, and on hover or focus which it does not. */
export function Reconciled({ differences }: DashboardState) {
  const { reconciled } = useMessages().dashboard;
  const found = useStatus()?.reconciliation;
  if (!found || found.hours === 0) return null;
  const isAgreed = found.agree === found.hours && differences.length === 0;
  return (
    <Hint text={<Explained found={found} differences={differences} />}>
      <button
        type="button"
        data-testid="reconciled"
        className="touchable rounded-md py-0.5 text-xs text-faint figure-nums hover:text-ink"
      >
        {reconciled.label}{" "}
        <span className={cn("font-medium", isAgreed ? "text-muted" : "text-warn")}>
          {reconciled.score(found.agree, found.hours)}
        </span>
      </button>
    </Hint>
  );
}

interface ExplainedProps {
  readonly found: Reconciliation;
  readonly differences: readonly Difference[];
}

function Explained({ found, differences }: ExplainedProps) {
  const { reconciled } = useMessages().dashboard;
  const format = useFormat();
  return (
    <span className="flex flex-col gap-1 figure-nums">
      <span>{reconciled.meaning(found.agree, found.hours)}</span>
      {differences.slice(-MOST_HOURS).map(({ t, ours, theirs }) => (
        <span key={t} className="font-medium">
          {reconciled.differs(
            format.instant(t).slice(0, 16),
            format.number(theirs),
            format.number(ours),
          )}
        </span>
      ))}
      {found.in_gap > 0 && <span>{reconciled.inGap(found.in_gap)}</span>}
      {found.factor !== 1 && <span>{reconciled.unit(format.number(found.factor))}</span>}
      <span className="text-muted">{reconciled.read(format.instant(Date.parse(found.at)))}</span>
    </span>
  );
}
