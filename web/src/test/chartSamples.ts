/** Charts for tests: seeded random ones, and builders. */
import type { ChartColors } from "@/components/chart/colors";
import { CHART_COLORS } from "@/components/chart/colors";
import type { SceneInput } from "@/components/chart/scene";
import type { Chart, ChartGap, ChartSeries, ChartTexts } from "@/components/chart/types";

/** Mulberry32: equal seeds give equal numbers from 0 to 1. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function seriesOf(key: string, points: readonly (readonly [number, number])[]): ChartSeries {
  return {
    key,
    name: key,
    look: { color: "#324aca", marker: "circle", dash: null },
    t: points.map(([t]) => t),
    v: points.map(([, v]) => v),
    n: points.map(() => 1),
  };
}

const TEXTS: ChartTexts = {
  zone: "UTC",
  number: (value) => value.toLocaleString("en"),
  time: (t) => new Date(t).toISOString().slice(11, 16),
  instant: (t) => new Date(t).toISOString().slice(0, 19).replace("T", " "),
  second: (t) => new Date(t).toISOString().slice(11, 19),
  day: (t) => new Date(t).toISOString().slice(5, 10),
  dayOfMonth: (t) => String(new Date(t).getUTCDate()),
  duration: (ms) => `${ms / 60_000} min`,
  age: (ms) => `${Math.round(ms / 60_000)} min`,
  total: "Total",
  previous: "previous hour",
  usual: "usual",
  requests: (count) => `${count} requests`,
  several: (count, highest) => `${count} ×, up to ${highest}`,
  others: (count) => `${count} others`,
  soFar: "so far",
  isPartOfInterval: "partly in range",
  gaps: {
    not_collecting: "Not collecting",
    scheduled: "Paused by schedule",
    possible_loss: "May be incomplete",
    other_unit: "Billed in another unit",
  },
  difference: (theirs, ours) => `site +${theirs - ours}`,
  unit: {
    request: "credits per request",
    interval: (ms) => `credits per ${ms} ms`,
    since: (moment) => `credits since ${moment}`,
  },
  ends: {
    lastRequest: "Last request",
    lastInSight: "Last in view",
    interval: "Last interval",
    thisInterval: "This interval so far",
    now: "Now",
  },
  legend: "Models",
  legendHint: "",
};

export const NOW = Date.parse("2025-08-25T13:40:00.000Z");

export function chartOf(change: Partial<Chart> = {}): Chart {
  return {
    view: "requests",
    form: null,
    models: change.series ?? [],
    series: [],
    sourceMs: null,
    gaps: [],
    differences: [],
    previous: null,
    usual: null,
    window: { from: NOW - 3_600_000, to: NOW },
    ...change,
  };
}

export function inputOf(chart: Chart, change: Partial<SceneInput> = {}): SceneInput {
  const colors: ChartColors = CHART_COLORS.light;
  return {
    chart,
    zoom: null,
    size: { width: 1_376, height: 324 },
    texts: TEXTS,
    colors,
    focus: null,
    pixelRatio: 1,
    ...change,
  };
}

/** Up to ten models with bursts and pauses, and unwatched stretches without records. */
export function randomChart(random: () => number): Chart {
  const hours = [1, 6, 24, 24 * 7][Math.floor(random() * 4)] ?? 1;
  const window = { from: NOW - hours * 3_600_000, to: NOW };
  const at = (share: number) => Math.round(window.from + share * (window.to - window.from));
  const gaps: ChartGap[] = Array.from({ length: Math.floor(random() * 4) }, () => {
    const start = random();
    const kind = random() < 0.5 ? "not_collecting" : "possible_loss";
    return { from: at(start), to: at(Math.min(1, start + random() * 0.2)) + 1, kind };
  });
  const isWatched = (t: number) => gaps.every(({ from, to }) => t <= from || t >= to);
  const series = Array.from({ length: 1 + Math.floor(random() * 10) }, (_, model) => {
    const points: [number, number][] = [];
    for (let burst = 0; burst < 1 + random() * 40; burst += 1) {
      let t = at(random());
      for (let step = 0; step < random() * 30; step += 1) {
        t += Math.round(random() * 150_000);
        const credits = Math.ceil(random() ** 4 * 900);
        if (t < window.to && isWatched(t)) points.push([t, credits]);
      }
    }
    return seriesOf(
      `model-${model}`,
      points.sort((one, other) => one[0] - other[0]),
    );
  });
  return chartOf({ window, gaps, series: series.filter(({ t }) => t.length > 0) });
}
