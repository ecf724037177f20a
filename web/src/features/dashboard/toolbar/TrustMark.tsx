import { Check, TriangleAlert } from "lucide-react";
import { useLiveState, useStatus } from "@/api/LiveContext";
import type { Difference, Gap, GapKind, Reconciliation } from "@/api/types";
import { useIsServerGone } from "@/api/useIsServerGone";
import { Hint } from "@/components/ui/Hint";
import { type Format, useFormat, useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import { tidy } from "@/lib/columns";
import { coveredShare, missingIn } from "@/lib/covered";
import type { Span } from "@/lib/range";
import type { DashboardState } from "../data/useDashboard";

const KINDS: readonly GapKind[] = ["not_collecting", "scheduled", "possible_loss", "other_unit"];
/** The number of differing hours that are listed, newest first. */
const MOST_HOURS = 4;

/** Whether the visible data are complete and agree with the site; details on hover and focus. */
export function TrustMark({ usage, gaps, differences, past, isLoading }: DashboardState) {
  const { complete } = useMessages().dashboard;
  const format = useFormat();
  const isUnknown = useIsUnknown(past);
  if (!usage || isLoading || past.to <= past.from) return null;
  const isTrusted = gaps.length === 0 && differences.length === 0;
  if (isTrusted && isUnknown) return null;
  const Icon = isTrusted ? Check : TriangleAlert;
  const explained = { usage, gaps, differences, past };
  return (
    <Hint text={<Explained {...explained} />}>
      <button
        type="button"
        data-testid="complete"
        className={cn(
          "relative inline-flex items-center gap-1 rounded-md font-medium figure-nums before:absolute before:-inset-3.5 before:content-['']",
          isTrusted ? "text-good" : "text-warn",
        )}
      >
        <Icon size={13} aria-hidden="true" />
        <span>
          {gaps.length > 0
            ? complete.share(shareText(gaps, past, format), gaps.length)
            : differences.length > 0
              ? complete.differs(differences.length)
              : complete.label}
        </span>
      </button>
    </Hint>
  );
}

/** Whether a span reaches into the time that the server has been gone. */
function useIsUnknown({ to }: Span): boolean {
  const since = useLiveState(({ awaySinceMs }) => awaySinceMs);
  return useIsServerGone() && since !== null && to > since;
}

/** Rounded down: only complete data are called so. */
function shareText(gaps: readonly Gap[], past: Span, format: Format): string {
  return format.percent(Math.min(0.999, Math.floor(coveredShare(gaps, past) * 1_000) / 1_000));
}

type ExplainedProps = Pick<DashboardState, "gaps" | "differences" | "past"> & {
  readonly usage: NonNullable<DashboardState["usage"]>;
};

function Explained({ usage, gaps, differences, past }: ExplainedProps) {
  const { complete } = useMessages().dashboard;
  const format = useFormat();
  const reconciliation = useStatus()?.reconciliation ?? null;
  const missed = missedIn(usage.differences, past);
  return (
    <span className="flex flex-col gap-1 figure-nums">
      {gaps.length === 0 && <span>{complete.whole}</span>}
      {KINDS.map((kind) => {
        const these = gaps.filter((gap) => gap.kind === kind);
        if (these.length === 0) return null;
        const length = format.length(missingIn(these, past));
        return (
          <span key={kind} className="font-medium">
            {complete.gaps[kind](these.length, length)}
          </span>
        );
      })}
      {missed > 0 && <span>{complete.missed(format.amountWithUnit(missed))}</span>}
      {reconciliation && reconciliation.hours > 0 && (
        <Reconciled found={reconciliation} differences={differences} />
      )}
    </span>
  );
}

/** The site's surplus in the hours that have a gap. */
function missedIn(differences: readonly Difference[], { from, to }: Span): number {
  const hours = differences.filter(({ t, in_gap }) => in_gap && t >= from && t < to);
  return tidy(hours.reduce((sum, { ours, theirs }) => sum + theirs - ours, 0));
}

interface ReconciledProps {
  readonly found: Reconciliation;
  readonly differences: readonly Difference[];
}

function Reconciled({ found, differences }: ReconciledProps) {
  const { reconciled } = useMessages().dashboard;
  const format = useFormat();
  return (
    <>
      <span data-testid="reconciled">{reconciled.score(found.agree, found.hours)}</span>
      {differences.slice(-MOST_HOURS).map(({ t, ours, theirs }) => (
        <span key={t} className="font-medium">
          {reconciled.differs(
            format.instant(t).slice(0, 16),
            format.amount(theirs),
            format.amount(ours),
          )}
        </span>
      ))}
      {found.in_gap > 0 && <span>{reconciled.inGap(found.in_gap)}</span>}
      {found.factor !== 1 && <span>{reconciled.unit(format.number(found.factor))}</span>}
      <span className="text-muted">{reconciled.read(format.instant(Date.parse(found.at)))}</span>
    </>
  );
}
