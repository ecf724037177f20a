/** The dashboard's values, derived from the curve and the stream. */
import { describe, expect, test } from "vitest";
import type { LogEntry } from "@/api/live/log";
import { coveredShare } from "@/lib/covered";
import { makeModelLooks } from "@/lib/modelLooks";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "@/lib/time";
import { record, SAMPLE_MODEL, SAMPLE_NOW, settings, status, usage } from "@/test/samples";
import { advance } from "./advance";
import { bucketFor } from "./buckets";
import { chartOf, drawnIn, orderOf } from "./chart";
import { gapsIn } from "./gaps";
import { narrowed } from "./narrow";
import { creditsIn, lastCredits, lastRequest, modelStats, quantile } from "./stats";
import { statsOfSums } from "./useModelStats";

const entry = (revision: number, records: LogEntry["records"]): LogEntry => ({
  after: revision - records.length,
  revision,
  records,
});

const all = { from: usage.from, to: usage.to };

describe("bringing a curve up to date", () => {
  test("adds new requests to their series and keeps the others unchanged", () => {
    const other = { ...usage.series[0], key: "other", t: [1], v: [1], n: [1] };
    const before = {
      ...usage,
      series: [...usage.series, { total: 1, requests: 1, last: 1, ...other }],
    };
    const after = advance(before, [
      entry(21, [record({ id: "99", t: SAMPLE_NOW + 5, credits: 7 })]),
    ]);
    expect(after?.series[0]).toMatchObject({ total: 341, requests: 17, last: 7 });
    expect(after?.series[0]?.t.at(-1)).toBe(SAMPLE_NOW + 5);
    expect(after?.series[1]).toBe(before.series[1]);
    expect(after?.revision).toBe(21);
  });

  test("begins a series for a model that was not there", () => {
    const after = advance(usage, [entry(21, [record({ model: "new", credits: 4 })])]);
    expect(after?.series.map(({ key, total }) => [key, total])).toEqual([
      [SAMPLE_MODEL, 334],
      ["new", 4],
    ]);
  });

  test("keeps the order of the server: by credits, then by key, the others last", () => {
    const others = { key: "others", t: [1], v: [900], n: [1], total: 900, requests: 1, last: 900 };
    const before = { ...usage, series: [...usage.series, { ...others, others: 3 }] };
    const records = [
      record({ id: "1", t: SAMPLE_NOW + 1, model: "b", credits: 334 }),
      record({ id: "2", t: SAMPLE_NOW + 2, model: "a", credits: 334 }),
      record({ id: "3", t: SAMPLE_NOW + 3, model: "c", credits: 335 }),
    ];
    const after = advance(before, [entry(23, records)]);
    const keys = after?.series.map(({ key }) => key);
    expect(keys).toEqual(["c", "a", "b", SAMPLE_MODEL, "others"]);
  });

  test("skips requests that do not count or precede the range", () => {
    const records = [record({ id: "1", counts: false }), record({ id: "2", t: usage.from - 1 })];
    const after = advance(usage, [entry(22, records)]);
    expect(after).toMatchObject({ total: 334, requests: 16, revision: 22 });
    expect(after?.series).toBe(usage.series);
  });

  test("asks for a new curve where a record may be one that was changed", () => {
    const t = usage.series[0]?.t.at(-1) ?? 0;
    expect(advance(usage, [entry(21, [record({ t })])])).toBeNull();
    expect(advance({ ...usage, bucket_s: 60 }, [entry(21, [record()])])).toBeNull();
  });

  test("takes records in whatever order they come", () => {
    const records = [
      record({ id: "2", t: SAMPLE_NOW + 9 }),
      record({ id: "1", t: SAMPLE_NOW + 3 }),
    ];
    const after = advance(usage, [entry(22, records)]);
    expect(after?.series[0]?.t.slice(-2)).toEqual([SAMPLE_NOW + 3, SAMPLE_NOW + 9]);
  });
});

test("buckets keep a range legible", () => {
  expect(bucketFor(HOUR_MS)).toBe(MINUTE_MS);
  expect(bucketFor(24 * HOUR_MS)).toBe(15 * MINUTE_MS);
  expect(bucketFor(30 * DAY_MS)).toBe(DAY_MS);
});

describe("gaps", () => {
  const link = { ...status.link, last_success_at: new Date(SAMPLE_NOW).toISOString() };
  const known = { ...status, link };

  test("time after the last good poll is not a gap while polls continue", () => {
    const span = { from: usage.from, to: SAMPLE_NOW + 2 * MINUTE_MS };
    expect(gapsIn(usage, known, settings, span)).toEqual([]);
  });

  test("a poll that is long overdue leaves one that grows up to now", () => {
    const span = { from: usage.from, to: SAMPLE_NOW + 5 * MINUTE_MS };
    expect(gapsIn(usage, known, settings, span)).toEqual([
      { from: SAMPLE_NOW, to: span.to, kind: "not_collecting" },
    ]);
  });

  test("so does collecting that is switched off, sooner", () => {
    const span = { from: usage.from, to: SAMPLE_NOW + 2 * MINUTE_MS };
    expect(gapsIn(usage, known, { ...settings, collecting: false }, span)).toHaveLength(1);
  });

  test("a gap at the start of the answer is as long however late in a step it was fetched", () => {
    const span = { from: usage.from - MINUTE_MS, to: SAMPLE_NOW };
    const starting = (from: number) => ({
      ...usage,
      from,
      gaps: [{ from, to: SAMPLE_NOW - MINUTE_MS, kind: "not_collecting" } as const],
    });
    const early = gapsIn(starting(span.from), known, settings, span);
    const late = gapsIn(starting(span.from + 40 * SECOND_MS), known, settings, span);
    expect(late).toEqual(early);
  });

  test("a gap is cut where the span begins, however long ago the answer was fetched", () => {
    const span = { from: usage.from + 5 * MINUTE_MS, to: SAMPLE_NOW };
    const to = SAMPLE_NOW - MINUTE_MS;
    for (const from of [usage.from, usage.from + MINUTE_MS]) {
      const gaps = [{ from, to, kind: "possible_loss" } as const];
      expect(gapsIn({ ...usage, gaps }, known, settings, span)).toMatchObject([
        { from: span.from, to },
      ]);
    }
  });

  test("the server's gaps outside of the span are left out", () => {
    const gap = { from: usage.from - 50, to: usage.from - 10, kind: "possible_loss" } as const;
    expect(gapsIn({ ...usage, gaps: [gap] }, known, settings, all)).toEqual([]);
  });

  test("the covered share does not count an overlap twice", () => {
    const gaps = [
      { from: 0, to: 40, kind: "not_collecting" },
      { from: 20, to: 50, kind: "possible_loss" },
    ] as const;
    expect(coveredShare(gaps, { from: 0, to: 100 })).toBe(0.5);
  });
});

describe("figures", () => {
  test("the sample counts 16 requests and 334 credits, the last one 9", () => {
    const [model] = modelStats(usage.series, all);
    expect(model).toMatchObject({ requests: 16, credits: 334, share: 1, median: 14 });
    expect(model?.last).toEqual({ t: Date.parse("2025-08-25T13:39:44.230Z"), credits: 9 });
    expect(model?.trend.reduce((sum, value) => sum + value, 0)).toBe(334);
    expect(lastRequest(usage.series)?.credits).toBe(9);
  });

  test("a quantile is between the two nearest values", () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4, 5], 0.95)).toBe(4.8);
    expect(quantile([], 0.5)).toBeNull();
  });

  test("decimals add up without a float's dust", () => {
    const series = [
      {
        key: "a",
        t: [1, 2, 3],
        v: [0.1, 0.2, 0.3],
        n: [1, 1, 1],
        total: 0.6,
        requests: 3,
        last: 0.3,
      },
    ];
    expect(creditsIn(series, { from: 0, to: 10 })).toBe(0.6);
  });

  test("the newest requests are those of all models, oldest first", () => {
    const [one, other] = [usage.series[0], usage.series[0]].map((line, at) => ({
      ...(line ?? { total: 0, requests: 0, last: 0 }),
      key: `m${at}`,
      t: [at, at + 2],
      v: [at + 10, at + 12],
      n: [1, 1],
    }));
    expect(one && other && lastCredits([one, other], 3)).toEqual([11, 12, 13]);
  });

  test("without single requests the median is the server's, and so is the time of the last request", () => {
    expect(statsOfSums(usage.series, all, undefined)[0]).toMatchObject({ median: null, p95: null });
    const key = usage.series[0]?.key ?? "";
    const costs = new Map([[key, { key, requests: 16, last: SAMPLE_NOW, median: 14, p95: 60 }]]);
    expect(statsOfSums(usage.series, all, costs)[0]).toMatchObject({
      median: 14,
      p95: 60,
      last: { t: SAMPLE_NOW },
    });
  });
});

describe("the chart's input", () => {
  const OTHER = "claude-opus-4-5-20251101";
  const input = {
    usage,
    gaps: [],
    differences: [],
    window: all,
    view: "requests",
    form: null,
    zone: "UTC",
    theme: "light",
    looks: makeModelLooks([]),
    hidden: new Set<string>(),
    order: [],
    previous: null,
    usual: null,
    names: { noKey: "No key", others: String },
  } as const;
  const sample = usage.series[0] ?? {
    key: "",
    t: [],
    v: [],
    n: [],
    total: 0,
    requests: 0,
    last: 0,
  };
  const two = { ...usage, series: [sample, { ...sample, key: OTHER, total: 999 }] };

  test("is one series for the sample's model, with its own columns and a short name", () => {
    const chart = chartOf(input);
    expect(drawnIn(chart, all)).toEqual({
      points: 16,
      lines: 1,
      last: { t: Date.parse("2025-08-25T13:39:44.230Z"), v: 9 },
    });
    expect(chart.series[0]?.t).toBe(sample.t);
    expect(chart.series[0]?.name).toBe("Sonnet 4");
  });

  test("keeps hidden models in the legend only", () => {
    const chart = chartOf({ ...input, hidden: new Set([SAMPLE_MODEL]) });
    expect(chart.series).toEqual([]);
    expect(chart.models.map(({ name }) => name)).toEqual(["Sonnet 4"]);
  });

  test("is in the given order, new models last", () => {
    const order = orderOf(two.series);
    expect(order).toEqual([OTHER, SAMPLE_MODEL]);
    const newcomer = { ...sample, key: "new" };
    const usageNow = { ...two, series: [newcomer, ...two.series] };
    const keys = chartOf({ ...input, usage: usageNow, order }).series.map(({ key }) => key);
    expect(keys).toEqual([OTHER, SAMPLE_MODEL, "new"]);
  });

  test("a model has the same look in every view", () => {
    const look = (view: "requests" | "total") => chartOf({ ...input, view }).series[0]?.look;
    expect(look("total")).toEqual(look("requests"));
  });

  test("a running total of sums steps at the end of each bucket, not beyond the window", () => {
    const sums = { ...usage, bucket_s: 900 };
    const { t } = chartOf({ ...input, usage: sums, view: "total" }).series[0] ?? { t: [] };
    expect(t[0]).toBe((sample.t[0] ?? 0) + 15 * MINUTE_MS);
    expect(t.at(-1)).toBe(all.to);
  });
});

describe("a zoom", () => {
  const gap = { from: all.from, to: all.from + MINUTE_MS, kind: "possible_loss" } as const;
  const state = {
    range: { kind: "last", hours: 1 },
    isBrief: false,
    usage,
    window: all,
    counted: all,
    past: all,
    before: { from: 2 * all.from - all.to, to: all.from },
    isZoomed: false,
    gaps: [gap],
    differences: [],
    error: null,
    isLoading: false,
  } as const;

  test("narrows figures and table to its span, and leaves out gaps elsewhere", () => {
    const zoom = { from: SAMPLE_NOW - 10 * MINUTE_MS, to: SAMPLE_NOW };
    const inSight = narrowed(state, zoom, "UTC");
    expect(creditsIn(usage.series, inSight.counted)).toBe(229);
    expect(inSight).toMatchObject({ window: zoom, past: zoom, gaps: [] });
    expect(inSight.before).toEqual({ from: zoom.from - 10 * MINUTE_MS, to: zoom.from });
  });

  test("keeps the gaps that it shows, and without one nothing changes", () => {
    expect(narrowed(state, { from: all.from, to: all.from + 1 }, "UTC").gaps).toEqual([gap]);
    expect(narrowed(state, null, "UTC")).toBe(state);
  });
});
