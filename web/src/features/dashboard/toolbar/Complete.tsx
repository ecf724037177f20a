import type { Difference, Gap, GapKind } from "@/api/types";
import { Hint } from "@/components/ui/Hint";
import { type Format, type Messages, useFormat, useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import { tidy } from "@/lib/columns";
import type { Span } from "@/lib/range";
import { coveredShare, missingIn } from "../data/gaps";
import type { DashboardState } from "../data/useDashboard";

type Texts = Messages["dashboard"]["complete"];

const KINDS: readonly GapKind[] = ["not_collecting", "possible_loss"];

/** How much of the range is known, and on hover or focus what is not. */
export function Complete({ usage, gaps, past, isLoading }: DashboardState) {
  const { complete } = useMessages().dashboard;
  const format = useFormat();
  if (!usage || isLoading || past.to <= past.from) return null;
  return (
    <Hint
      text={
        <Explained
          texts={complete}
          gaps={gaps}
          past={past}
          missed={missedIn(usage.differences, past)}
          format={format}
        />
      }
    >
      <button
        type="button"
        data-testid="complete"
        className="touchable rounded-md py-0.5 text-xs text-faint figure-nums hover:text-ink"
      >
        {complete.label}{" "}
        <span className={cn("font-medium", gaps.length > 0 ? "text-warn" : "text-muted")}>
          {shareText(gaps, past, format)}
        </span>
      </button>
    </Hint>
  );
}

/** What the site counts more in the hours that have a gap. */
function missedIn(differences: readonly Difference[], { from, to }: Span): number {
  const hours = differences.filter(({ t, in_gap }) => in_gap && t >= from && t < to);
  return tidy(hours.reduce((sum, { ours, theirs }) => sum + theirs - ours, 0));
}

/** Rounded down: only what is wholly known is called so. */
function shareText(gaps: readonly Gap[], past: Span, format: Format): string {
  if (gaps.length === 0) return format.percent(1);
  return format.percent(Math.min(0.999, Math.floor(coveredShare(gaps, past) * 1_000) / 1_000));
}

interface ExplainedProps {
  readonly texts: Texts;
  readonly gaps: readonly Gap[];
  readonly past: Span;
  readonly missed: number;
  readonly format: Format;
}

function Explained({ texts, gaps, past, missed, format }: ExplainedProps) {
  const kinds = KINDS.flatMap((kind) => {
    const these = gaps.filter((gap) => gap.kind === kind);
    const lasting = format.duration(missingIn(these, past));
    return these.length > 0 ? [{ kind, text: texts.gaps[kind](these.length, lasting) }] : [];
  });
  return (
    <span className="flex flex-col gap-1 figure-nums">
      <span>{texts.meaning}</span>
      {kinds.length === 0 && <span className="text-muted">{texts.whole}</span>}
      {kinds.map(({ kind, text }) => (
        <span key={kind} className="font-medium">
          {text}
        </span>
      ))}
      {missed > 0 && <span>{texts.missed(format.number(missed))}</span>}
    </span>
  );
}
