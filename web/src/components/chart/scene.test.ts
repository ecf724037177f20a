/** Properties of everything that is drawn, over random charts: honest shapes and labels apart. */
import { describe, expect, test } from "vitest";
import { chartOf, inputOf, NOW, randomChart, randomFrom, seriesOf } from "@/test/chartSamples";
import { neededHeight } from "./form";
import { hasGapBetween, mergedGaps } from "./gaps";
import { countIn, highestIn } from "./scale";
import { type Scene, sceneOf } from "./scene";
import type { Series } from "./strokes";
import type { Chart, ChartForm, ChartView, Window } from "./types";
import { zoomOf } from "./zoom";

const CASES: readonly (readonly [ChartView, ChartForm])[] = [
  ["requests", "together"],
  ["requests", "rows"],
  ["interval", "lines"],
  ["interval", "bars"],
  ["interval", "rows"],
  ["total", "lines"],
];
const ROUNDS = 60;

/** Random scenes of a view, about half of them zoomed. */
function scenes(view: ChartView, form: ChartForm): readonly Scene[] {
  const random = randomFrom(view.length * 31 + form.length);
  return Array.from({ length: ROUNDS }, () => {
    const chart = { ...randomChart(random), view, form };
    const width = random() < 0.3 ? 374 : 900 + random() * 800;
    const size = { width, height: neededHeight(chart, form, width) ?? 324 };
    return sceneOf(inputOf(chart, { zoom: randomZoom(chart, random), size }));
  });
}

function randomZoom({ window }: Chart, random: () => number): Window | null {
  if (random() < 0.5) return null;
  const [one, other] = [random(), random()].map(
    (share) => window.from + share * (window.to - window.from),
  );
  return zoomOf(
    { from: Math.min(one ?? 0, other ?? 0), to: Math.max(one ?? 0, other ?? 0) },
    window,
  );
}

function pairsOf({ data }: Series): readonly (readonly [number, number])[] {
  const flat = data as unknown as Float64Array;
  return Array.from({ length: flat.length / 2 }, (_, at) => [
    flat[2 * at] ?? Number.NaN,
    flat[2 * at + 1] ?? Number.NaN,
  ]);
}

const linesOf = ({ series }: Scene) => series.filter(({ type }) => type === "line");

/** The drawn points of a series of the scene, without breaks. */
function pointsOf(scene: Scene, id: string): readonly (readonly [number, number])[] {
  const series = scene.series.find((one) => one.id === id);
  return series ? pairsOf(series).filter(([t]) => !Number.isNaN(t)) : [];
}

/** The segments of a line: start and end. */
function segmentsOf(line: Series): readonly (readonly [number, number])[] {
  const pairs = pairsOf(line);
  return pairs
    .slice(1)
    .map(([t], at) => [pairs[at]?.[0] ?? Number.NaN, t] as const)
    .filter(([from, to]) => !Number.isNaN(from) && !Number.isNaN(to));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function intervalAt({ intervals }: Scene, middle: number): Window {
  const at = intervals?.middles.indexOf(middle) ?? -1;
  return { from: intervals?.edges[at] ?? 0, to: intervals?.edges[at + 1] ?? 0 };
}

describe.each(CASES)("%s, %s", (view, form) => {
  const drawn = scenes(view, form);

  test("no segment crosses an unwatched stretch", () => {
    for (const { input, series } of drawn) {
      const gaps = mergedGaps(input.chart.gaps, input.chart.window);
      const segments = series.filter(({ type }) => type === "line").flatMap(segmentsOf);
      expect(segments.filter(([from, to]) => hasGapBetween(gaps, from, to))).toEqual([]);
    }
  });

  test("times ascend within each line", () => {
    const segments = drawn.flatMap(linesOf).flatMap(segmentsOf);
    expect(segments.filter(([from, to]) => !(to >= from))).toEqual([]);
  });

  test("nothing in sight is above the axis", () => {
    for (const scene of drawn) {
      const { from, to } = scene.sight;
      const points = linesOf(scene).flatMap(pairsOf);
      const inSight = points.filter(([t]) => t >= from && t <= to);
      expect(inSight.filter(([, v]) => !(v <= scene.axisMax * 1.001))).toEqual([]);
    }
  });
});

test("requests: every drawn value is a stored value", () => {
  for (const scene of scenes("requests", "together")) {
    for (const { key, t, v } of scene.input.chart.series) {
      const stored = new Set(t.map((time, at) => `${time} ${v[at]}`));
      const ids = [`line ${key}`, `dots ${key}`, `lone ${key}`];
      const drawn = ids.flatMap((id) => pointsOf(scene, id));
      const texts = drawn.map(([time, place]) => `${time} ${Math.round(place ** 2)}`);
      expect(texts.filter((text) => !stored.has(text))).toEqual([]);
    }
  }
});

test("requests: each model's peak in sight is a dot, at every zoom", () => {
  for (const scene of scenes("requests", "together")) {
    const { input, sight } = scene;
    for (const series of input.chart.series.filter((one) => countIn([one], sight) > 0)) {
      const points = ["dots", "lone"].flatMap((kind) => pointsOf(scene, `${kind} ${series.key}`));
      const drawn = points.map(([, place]) => Math.round(place ** 2));
      expect(Math.max(...drawn)).toBe(highestIn(series, sight));
    }
  }
});

test("requests: a line joins only requests of a burst, at most two minutes apart each", () => {
  for (const scene of scenes("requests", "rows")) {
    for (const { key, t: stored } of scene.input.chart.series) {
      const line = scene.series.find(({ id }) => id === `line ${key}`);
      for (const [from, to] of line ? segmentsOf(line) : []) {
        const between = stored.filter((time) => time >= from && time <= to);
        const pauses = between.slice(1).map((time, at) => time - (between[at] ?? 0));
        expect(Math.max(0, ...pauses)).toBeLessThanOrEqual(120_000);
      }
    }
  }
});

test("per interval: every drawn value is the sum of an interval's requests", () => {
  for (const scene of scenes("interval", "lines")) {
    for (const { key, t, v } of scene.input.chart.series) {
      for (const [time, value] of pointsOf(scene, `line ${key}`)) {
        const { from, to } = intervalAt(scene, time);
        const rows = v.filter((_, row) => (t[row] ?? 0) >= from && (t[row] ?? 0) < to);
        expect(value).toBe(sumOf(rows));
      }
    }
  }
});

test("per interval: each model's highest interval that has ended is drawn, at every zoom", () => {
  for (const scene of scenes("interval", "lines")) {
    const { intervals, input } = scene;
    input.chart.series.forEach(({ key }, model) => {
      const sums = intervals?.series[model]?.v ?? [];
      const ended = [...sums].filter((_, at) => intervals?.isWhole[at]);
      const peak = Math.max(0, ...ended);
      const points = ["line", "single"].flatMap((kind) => pointsOf(scene, `${kind} ${key}`));
      expect(Math.max(0, ...points.map(([, value]) => value))).toBe(peak);
    });
  }
});

test("stacked: each bar ends at the sum of its model and of those below it", () => {
  for (const scene of scenes("interval", "bars")) {
    const { intervals, input } = scene;
    input.chart.series.forEach(({ key }, model) => {
      const bars = ["line", "pale"].map((kind) => pointsOf(scene, `${kind} ${key}`));
      const tops = bars.flatMap((points) => points.filter((_, at) => at % 2 === 1));
      for (const [time, top] of tops) {
        const at = intervals?.middles.indexOf(time) ?? -1;
        const below = intervals?.series.slice(0, model + 1) ?? [];
        const px = scene.plot.height / scene.axisMax;
        const sum = sumOf(below.map(({ v }) => v[at] ?? 0));
        expect(Math.abs(top - sum) * px).toBeLessThanOrEqual(1);
      }
    });
  }
});

test("per interval: a drawn zero was watched throughout", () => {
  for (const scene of scenes("interval", "rows")) {
    scene.input.chart.series.forEach(({ key }, at) => {
      const base = scene.rows?.rows[at]?.base ?? 0;
      const zeros = pointsOf(scene, `line ${key}`).filter(([, place]) => place === base);
      for (const [time] of zeros) {
        const { from, to } = intervalAt(scene, time);
        expect(hasGapBetween(scene.gaps, from, to)).toBe(false);
      }
    });
  }
});

test("cumulative: every drawn value is a sum from the start of the range", () => {
  for (const scene of scenes("total", "lines")) {
    const { from, to } = scene.sight;
    for (const { key, t, v } of scene.input.chart.series) {
      const inSight = v.filter((_, at) => (t[at] ?? 0) >= from && (t[at] ?? 0) <= to);
      const sums = new Set([0, ...inSight.map((_, at) => sumOf(inSight.slice(0, at + 1)))]);
      for (const [, value] of pointsOf(scene, `line ${key}`)) expect(sums).toContain(value);
    }
  }
});

test("cumulative: each model's line ends at its sum, at every zoom", () => {
  for (const scene of scenes("total", "lines")) {
    const { sight, ends, input } = scene;
    for (const series of input.chart.series) {
      const { key, t, v } = series;
      const sum = sumOf(
        v.filter((_, at) => (t[at] ?? 0) >= sight.from && (t[at] ?? 0) <= sight.to),
      );
      expect(ends.find((end) => end.series?.key === key)?.value ?? 0).toBe(sum);
    }
  }
});

test("cumulative: where the start was watched, the line begins there at zero", () => {
  for (const scene of scenes("total", "lines")) {
    const { from } = scene.sight;
    if (hasGapBetween(scene.gaps, from, from + 1)) continue;
    for (const { key, t } of scene.input.chart.series) {
      if (!t.includes(from)) expect(pointsOf(scene, `line ${key}`)[0]).toEqual([from, 0]);
    }
  }
});

test("the form is automatic: rows and bars above five models, the user's choice otherwise", () => {
  const models = (count: number) =>
    Array.from({ length: count }, (_, at) => seriesOf(`m${at}`, [[NOW - 1_000 * at - 1, 3]]));
  const form = (view: ChartView, count: number, chosen: ChartForm | null = null) =>
    sceneOf(inputOf(chartOf({ view, form: chosen, series: models(count) }))).form;
  expect(form("requests", 5)).toBe("together");
  expect(form("requests", 6)).toBe("rows");
  expect(form("requests", 6, "together")).toBe("together");
  expect(form("interval", 5)).toBe("lines");
  expect(form("interval", 6)).toBe("bars");
  expect(form("interval", 2, "bars")).toBe("bars");
  expect(form("total", 9)).toBe("lines");
  const month = { from: NOW - 30 * 86_400_000, to: NOW };
  const chart = chartOf({ view: "interval", series: models(2), window: month });
  expect(sceneOf(inputOf(chart)).form).toBe("bars");
});

test("more than 1.5 requests per pixel are drawn in rows", () => {
  const dense = (key: string) =>
    seriesOf(
      key,
      Array.from({ length: 2_000 }, (_, at) => [NOW - 3_000_000 + at * 1_000, 1 + (at % 9)]),
    );
  const chart = chartOf({ series: [dense("a"), dense("b")] });
  expect(sceneOf(inputOf(chart)).form).toBe("rows");
  expect(sceneOf(inputOf(chart, { zoom: { from: NOW - 1_800_000, to: NOW } })).form).toBe(
    "together",
  );
});

test("an empty chart has axes and nothing else", () => {
  for (const view of ["requests", "interval", "total"] as const) {
    const scene = sceneOf(inputOf(chartOf({ view })));
    expect(scene.series).toEqual([]);
    expect(scene.ends).toEqual([]);
    expect(scene.axisMax).toBeGreaterThan(0);
  }
});
