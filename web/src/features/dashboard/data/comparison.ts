/** The data that the chart compares the curve with, from the answers of the server. */
import type { Gap, Series, Usage, UsualHour } from "@/api/types";
import type { PreviousSpan, UsualRange, UsualRates } from "@/components/chart/types";
import { lowerBound } from "@/lib/columns";
import type { Span } from "@/lib/range";
import { HOUR_MS, MINUTE_MS, offsetAt, SECOND_MS } from "@/lib/time";
import { usualAt } from "./usual";

interface PreviousInput {
  /** The curve of the previous span, and the span that was asked for. */
  readonly previous: { readonly usage: Usage; readonly asked: Span };
  /** The curve of the range: its beginning may have slid into the previous span. */
  readonly usage: Usage;
  readonly gaps: readonly Gap[];
  readonly window: Span;
  readonly before: Span;
  readonly hidden: ReadonlySet<string>;
}

/** Return the total of the models that are not hidden; null for single requests. */
export function previousSpan(input: PreviousInput): PreviousSpan | null {
  const { previous, usage, gaps, window, before, hidden } = input;
  const { bucket_s: bucket, series } = previous.usage;
  if (bucket === null) return null;
  const shown = ({ key }: Series) => !hidden.has(key);
  const { asked } = previous;
  // The range's own curve goes on where the requested span ends, if that is not the end of a zoom.
  const knownEnd = asked.to < usage.from ? asked.to : Math.max(asked.to, window.from);
  const points = [
    ...pointsOf(series.filter(shown), Number.POSITIVE_INFINITY),
    ...pointsOf(usage.series.filter(shown), window.from),
  ].sort((one, other) => one.t - other.t);
  return {
    t: points.map(({ t }) => t),
    v: points.map(({ v }) => v),
    n: points.map(({ n }) => n),
    known: { from: asked.from, to: knownEnd },
    gaps: [...previous.usage.gaps, ...gaps],
    sourceMs: bucket * SECOND_MS,
    shiftMs: window.from - before.from,
  };
}

function pointsOf(series: readonly Series[], to: number) {
  return series.flatMap(({ t, v, n }) =>
    t.slice(0, lowerBound(t, to)).map((time, at) => ({ t: time, v: v[at] ?? 0, n: n[at] ?? 0 })),
  );
}

/** Zones differ from UTC by multiples of this. */
const STEP_MS = 15 * MINUTE_MS;

/**
 * Return the usual spend per hour as a function of time. It changes steadily from the middle of one
 * hour to that of the next: the border of two hours is not a jump.
 */
export function usualRates(hours: readonly UsualHour[], zone: string): UsualRates {
  const known = new Map<number, Moment>();
  const momentAt = (t: number): Moment => {
    const key = Math.floor(t / STEP_MS);
    const held = known.get(key);
    if (held) return held;
    const hour = usualAt(hours, t, zone);
    const range = hour ? { low: hour.p25, high: hour.p75 } : null;
    const moment = { range, offset: offsetAt(t, zone) };
    known.set(key, moment);
    return moment;
  };
  return (t) => {
    const { range, offset } = momentAt(t);
    const share = ((t + offset) % HOUR_MS) / HOUR_MS - 0.5;
    const next = momentAt(t + Math.sign(share) * HOUR_MS).range;
    return range && next ? mixed(range, next, Math.abs(share)) : range;
  };
}

/** The range of the hour that contains an instant, and how far the zone's clock is ahead of UTC. */
interface Moment {
  readonly range: UsualRange | null;
  readonly offset: number;
}

function mixed(one: UsualRange, other: UsualRange, share: number): UsualRange {
  const between = (from: number, to: number) => from + (to - from) * share;
  return { low: between(one.low, other.low), high: between(one.high, other.high) };
}
