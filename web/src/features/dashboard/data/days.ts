/** The requests for today and yesterday, which the figures compare. */
import { api } from "@/api/client";
import { Problem } from "@/api/problem";
import type { Usage } from "@/api/types";
import type { Range, Span } from "@/lib/range";
import { midnight } from "@/lib/time";

const MINUTE_S = 60;

export interface Days {
  readonly today: Span;
  readonly yesterday: Span;
}

export function daysAt(now: number, zone: string): Days {
  const start = midnight(now, zone);
  const yesterday = { from: midnight(now, zone, -1), to: start };
  return { today: { from: start, to: midnight(now, zone, 1) }, yesterday };
}

export function rangeOf({ from, to }: Span): Range {
  return { kind: "span", from, to };
}

/** The name and the request for a past day of a zone. */
export function dayQuestion(
  day: Span,
  zone: string,
): [name: string, ask: (signal: AbortSignal) => Promise<Usage>] {
  return [`day ${zone}`, (signal) => fetchDay(day, zone, signal)];
}

/** Sums per minute; where the server has kept only coarser ones, those. */
async function fetchDay({ from, to }: Span, tz: string, signal: AbortSignal): Promise<Usage> {
  const query = { from: String(from), to: String(to), tz };
  try {
    return await api.usage({ ...query, bucket: String(MINUTE_S) }, signal);
  } catch (error) {
    if (!(error instanceof Problem) || error.bucket === undefined) throw error;
    return api.usage({ ...query, bucket: String(error.bucket ?? "auto") }, signal);
  }
}
