/** What of the range is not known: the server's gaps, and the stretch since the last good poll. */
import type { Difference, Gap, Settings, Status, Usage } from "@/api/types";
import type { Span } from "@/lib/range";
import { MINUTE_MS, parseInstant, SECOND_MS } from "@/lib/time";

/** A poll is late, and not merely due, after this many intervals. */
const LATE_INTERVALS = 2.5;

/**
 * Return the gaps within a span, cut at its beginning. The time after the last successful poll is not
 * a gap while polls succeed.
 */
export function gapsIn(
  usage: Usage,
  status: Status | null,
  settings: Settings | null,
  span: Span,
): readonly Gap[] {
  const covered = parseInstant(status?.link.last_success_at) ?? usage.to;
  const known = usage.gaps.filter((gap) => gap.from < covered).map((gap) => cut(gap, usage, span));
  const gaps = isOverdue(covered, settings, span.to) ? joined(known, covered, span.to) : known;
  return gaps.filter(({ from, to }) => from < span.to && to > span.from && to > from);
}

/**
 * The server has cut the gaps at the beginning of its answer, from which the span has moved on; as it
 * moves in steps, it may also begin before the answer.
 */
function cut(gap: Gap, { from }: Usage, span: Span): Gap {
  return { ...gap, from: gap.from <= from ? span.from : Math.max(gap.from, span.from) };
}

function isOverdue(covered: number, settings: Settings | null, now: number): boolean {
  const interval = (settings?.poll_interval_s ?? 60) * SECOND_MS;
  const patience = settings?.collecting ? LATE_INTERVALS * interval + 10 * SECOND_MS : MINUTE_MS;
  return now - covered > patience;
}

/** The open stretch up to now, as one with the server's gap that reaches into it. */
function joined(known: readonly Gap[], covered: number, now: number): readonly Gap[] {
  const last = known.at(-1);
  if (last?.kind === "not_collecting" && last.to >= covered) {
    return [...known.slice(0, -1), { ...last, to: Math.max(last.to, now) }];
  }
  return [...known, { from: covered, to: now, kind: "not_collecting" }];
}

/** Whether sums are the least that they can be: something may be missing, or the site counts more. */
export function isLowerBound(gaps: readonly Gap[], differences: readonly Difference[]): boolean {
  return gaps.length > 0 || differences.some(({ ours, theirs }) => theirs > ours);
}
