import { describe, expect, test } from "vitest";
import type { Usage } from "@/api/types";
import { HOUR_MS, MINUTE_MS } from "@/lib/time";
import { usage as sample } from "@/test/samples";
import { previousSpan, usualRates } from "./comparison";

const NOON = Date.UTC(2026, 10, 27, 12);

describe("previousSpan", () => {
  const line = (key: string, t: readonly number[], v: readonly number[]) => ({
    key,
    t,
    v,
    n: v.map(() => 1),
    total: 0,
    requests: v.length,
    last: 0,
  });
  const window = { from: NOON, to: NOON + HOUR_MS };
  const before = { from: NOON - HOUR_MS, to: NOON };
  /** The range was fetched a minute ago: its first minute has slid into the previous span. */
  const asked = { from: before.from - MINUTE_MS, to: before.to - MINUTE_MS };
  const curve = (series: Usage["series"], bucket: number | null): Usage => ({
    ...sample,
    bucket_s: bucket,
    gaps: [],
    series,
  });
  const input = {
    previous: {
      usage: curve(
        [line("a", [NOON - 20 * MINUTE_MS], [5]), line("b", [NOON - 30 * MINUTE_MS], [7])],
        60,
      ),
      asked,
    },
    usage: curve([line("a", [NOON - 30_000, NOON + 30_000], [1, 2])], null),
    gaps: [],
    window,
    before,
    hidden: new Set<string>(),
  };

  test("is the total of the models and of points that have left the range", () => {
    const { t, v } = previousSpan(input) ?? {};
    expect(t).toEqual([NOON - 30 * MINUTE_MS, NOON - 20 * MINUTE_MS, NOON - 30_000]);
    expect(v).toEqual([7, 5, 1]);
  });

  test("leaves hidden models out", () => {
    expect(previousSpan({ ...input, hidden: new Set(["a"]) })?.v).toEqual([7]);
  });

  test("is known from the requested time up to the start of the range", () => {
    expect(previousSpan(input)?.known).toEqual({ from: asked.from, to: NOON });
  });

  test("for a zoom is known up to the end of the requested time only", () => {
    const part = { from: NOON - 40 * MINUTE_MS, to: NOON - 20 * MINUTE_MS };
    const usage = { ...input.usage, from: NOON };
    const previous = { ...input.previous, asked: part };
    expect(previousSpan({ ...input, usage, previous })?.known).toEqual(part);
  });
});

describe("usualRates", () => {
  const hour = (at: number, p25: number, p75: number) =>
    ({ class: "weekday", hour: at, p25, p50: p25, p75, n: 12 }) as const;
  const rates = usualRates([hour(12, 100, 200), hour(13, 300, 600)], "UTC");

  test("an hour's own rate is reached at its middle", () => {
    expect(rates(NOON + 30 * MINUTE_MS)).toEqual({ low: 100, high: 200 });
    expect(rates(NOON + 90 * MINUTE_MS)).toEqual({ low: 300, high: 600 });
  });

  test("between two middles the rate changes steadily", () => {
    expect(rates(NOON + 60 * MINUTE_MS)).toEqual({ low: 200, high: 400 });
  });

  test("beside an unknown hour it keeps its rate, and there it is unknown", () => {
    expect(rates(NOON + 5 * MINUTE_MS)).toEqual({ low: 100, high: 200 });
    expect(rates(NOON - 5 * MINUTE_MS)).toBeNull();
  });

  test("hours are those of the zone's clock", () => {
    const india = usualRates([hour(17, 100, 200), hour(18, 300, 600)], "Asia/Kolkata");
    expect(india(NOON)).toEqual({ low: 100, high: 200 });
    expect(india(NOON + HOUR_MS)).toEqual({ low: 300, high: 600 });
  });
});
