/** The chart's pure parts: axes, points, gaps, readings, and the options made of them. */
import { describe, expect, test } from "vitest";
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS } from "@/lib/time";
import { SAMPLE_MODEL, SAMPLE_NOW, usage } from "@/test/samples";
import { differenceSeries } from "./differences";
import type { Frame } from "./frame";
import { baseOption, frameOption } from "./options";
import { pointsOf } from "./points";
import { nearestPoint, neighbourOf, readAt } from "./reading";
import { highestIn, scaleFor } from "./scale";
import { inSight, WHOLE_TO } from "./thin";
import { ticksOf, tickText } from "./ticks";
import { readingText, tooltipOf } from "./tooltip";
import type { Chart, ChartColors, ChartTexts, Line } from "./types";
import { panned, within, zoomed } from "./zoom";

const texts: ChartTexts = {
  font: "sans-serif",
  zone: "UTC",
  number: String,
  compact: String,
  instant: (t) => formatInstant(t, "UTC"),
  total: "Total",
  none: "–",
  since: (t) => `at ${formatInstant(t, "UTC").slice(11)}`,
  gaps: { not_collecting: "Not collecting", possible_loss: "May be incomplete" },
  difference: (theirs, ours) => `site ${theirs - ours}`,
};

const colors: ChartColors = {
  ink: "#000000",
  muted: "#333333",
  faint: "#555555",
  line: "#dddddd",
  surface: "#ffffff",
  hatch: "#cccccc",
  hatchGround: "#eeeeee",
  warn: "#884400",
};

function line(key: string, points: readonly (readonly [number, number])[]): Line {
  const [t, v] = [points.map(([time]) => time), points.map(([, value]) => value)];
  return { key, color: "#123456", dash: "solid", t, v };
}

function chartWith(lines: readonly Line[], change: Partial<Chart> = {}): Chart {
  const window = { from: 0, to: 1000 };
  return { view: "requests", lines, gaps: [], differences: [], window, bucketMs: null, ...change };
}

const sample: Chart = {
  view: "requests",
  lines: usage.series.map(({ key, t, v }) => ({ key, color: "#123456", dash: "solid", t, v })),
  gaps: [],
  differences: [],
  window: { from: usage.from, to: usage.to },
  bucketMs: null,
};

const pairs = (points: Float64Array) =>
  Array.from({ length: points.length / 2 }, (_, at) => [points[2 * at], points[2 * at + 1]]);

describe("points", () => {
  test("are those of the line and no others", () => {
    const one = line("a", [
      [1, 5],
      [9, 7],
    ]);
    expect(pairs(pointsOf(one, []))).toEqual([
      [1, 5],
      [9, 7],
    ]);
  });

  test("are broken where a gap lies between two of them, once for several gaps", () => {
    const one = line("a", [
      [1, 5],
      [9, 7],
      [12, 8],
    ]);
    const gaps = [
      { from: 2, to: 3, kind: "not_collecting" },
      { from: 5, to: 6, kind: "possible_loss" },
    ] as const;
    expect(pairs(pointsOf(one, gaps))).toEqual([
      [1, 5],
      [2, Number.NaN],
      [9, 7],
      [12, 8],
    ]);
  });

  test("within a gap stand alone", () => {
    const one = line("a", [
      [1, 5],
      [4, 6],
      [9, 7],
    ]);
    const broken = pairs(pointsOf(one, [{ from: 2, to: 8, kind: "possible_loss" }]));
    expect(broken.map(([, value]) => value)).toEqual([5, Number.NaN, 6, Number.NaN, 7]);
  });

  test("touching a gap from outside are not torn from their neighbours", () => {
    const one = line("a", [
      [1, 5],
      [2, 6],
      [8, 7],
      [9, 8],
    ]);
    const broken = pairs(pointsOf(one, [{ from: 2, to: 8, kind: "not_collecting" }]));
    expect(broken.map(([time]) => time)).toEqual([1, 2, 2, 8, 9]);
  });
});

describe("thinning", () => {
  const t = Array.from({ length: 100_000 }, (_, at) => at * 10);
  const v = t.map((_, at) => (at === 77_777 ? 1e6 : at % 13));
  const sight = { from: 0, to: 1_000_000 };

  test("a short line is given whole", () => {
    const short = { t: t.slice(0, WHOLE_TO), v: v.slice(0, WHOLE_TO) };
    expect(inSight(short, { from: 5, to: 6 }, 100)).toBe(short);
  });

  test("a crowded line keeps its peaks and ends, and only points that were made", () => {
    const thin = inSight({ t, v }, sight, 1000);
    expect(thin.t.length).toBeLessThanOrEqual(4 * 501);
    expect(Math.max(...thin.v)).toBe(1e6);
    expect([thin.t[0], thin.t.at(-1)]).toEqual([0, 999_990]);
    for (const [at, time] of thin.t.entries()) expect(thin.v[at]).toBe(v[time / 10]);
  });

  test("what is near enough is given point by point, with a neighbour on each side", () => {
    const near = inSight({ t, v }, { from: 505, to: 1_000 }, 1000);
    expect([near.t[0], near.t.at(-1)]).toEqual([500, 1_000]);
    expect(near.t).toHaveLength(51);
  });

  test("times rise and no point comes twice", () => {
    const thin = inSight({ t, v }, sight, 300);
    expect(thin.t.every((time, at) => at === 0 || time > (thin.t[at - 1] ?? 0))).toBe(true);
  });
});

describe("the value axis", () => {
  test("ends at a round number not far above the highest value", () => {
    for (const highest of [0.3, 1, 7, 73, 99, 100, 101, 1_524, 20_454, 1e9]) {
      const { max, step } = scaleFor(highest);
      expect(max).toBeGreaterThanOrEqual(highest);
      expect(max).toBeLessThan(highest * 1.7);
      expect(Math.abs(max / step - Math.round(max / step))).toBeLessThan(1e-9);
    }
  });

  test("stands for an empty chart too", () => {
    expect(scaleFor(0)).toEqual({ max: 5, step: 1 });
  });

  test("looks at what is in sight alone", () => {
    const one = line("a", [
      [1, 500],
      [10, 3],
      [20, 9],
      [40, 700],
    ]);
    expect(highestIn([one], { from: 5, to: 30 })).toBe(9);
  });
});

describe("the time axis", () => {
  test("has its marks on round times of the zone that is shown", () => {
    const { at, stepMs } = ticksOf(
      { from: SAMPLE_NOW - HOUR_MS, to: SAMPLE_NOW },
      7,
      "Asia/Kolkata",
    );
    expect(stepMs).toBe(10 * MINUTE_MS);
    expect(at.map((t) => formatInstant(t, "Asia/Kolkata").slice(11))).toEqual([
      "18:10:00",
      "18:20:00",
      "18:30:00",
      "18:40:00",
      "18:50:00",
      "19:00:00",
      "19:10:00",
    ]);
  });

  test("keeps its hours when the clock is changed", () => {
    const from = Date.parse("2025-10-25T22:00:00Z");
    const { at } = ticksOf({ from, to: from + 25 * HOUR_MS }, 9, "Europe/Berlin");
    const hours = at.map((t) => formatInstant(t, "Europe/Berlin").slice(11, 16));
    expect(hours.filter((text) => !text.endsWith("00:00") && !text.endsWith(":00"))).toEqual([]);
    expect(hours).toContain("06:00");
    expect(hours).toContain("12:00");
  });

  test("never has more marks than asked for, over any length", () => {
    for (const length of [10_000, HOUR_MS, 3 * HOUR_MS, DAY_MS, 30 * DAY_MS, 365 * DAY_MS]) {
      const { at } = ticksOf({ from: SAMPLE_NOW - length, to: SAMPLE_NOW }, 10, "UTC");
      expect(at.length).toBeGreaterThan(1);
      expect(at.length).toBeLessThanOrEqual(11);
    }
  });

  test("names the day where a new one begins, and seconds where the step is fine", () => {
    const midnight = Date.parse("2025-08-26T00:00:00Z");
    expect(tickText(midnight, HOUR_MS, "UTC")).toBe("{day|08-26}");
    expect(tickText(midnight + HOUR_MS, HOUR_MS, "UTC")).toBe("01:00");
    expect(tickText(midnight + 10_000, 10_000, "UTC")).toBe("00:00:10");
  });
});

describe("the crosshair", () => {
  const chart = chartWith([
    line("a", [
      [100, 5],
      [300, 7],
    ]),
    line("b", [[200, 9]]),
    line("c", [[900, 1]]),
  ]);

  test("reads every line, and sums what was made at that instant", () => {
    const reading = readAt(chart, 300);
    expect(reading.rows.map(({ key, value, since }) => [key, value, since])).toEqual([
      ["a", 7, null],
      ["b", 9, 200],
      ["c", null, null],
    ]);
    expect(reading.total).toBe(7);
  });

  test("sums all lines in a running total", () => {
    expect(readAt({ ...chart, view: "total" }, 300).total).toBe(16);
  });

  test("says of a bucket only what lies in it", () => {
    const reading = readAt({ ...chart, view: "interval", bucketMs: 50 }, 300);
    expect(reading.rows.map(({ value }) => value)).toEqual([7, null, null]);
    expect(reading.until).toBe(350);
  });

  test("finds the nearest point, and walks from one to the next", () => {
    expect(nearestPoint(chart, 240)).toBe(200);
    expect(neighbourOf(chart, chart.window, 200, 1)).toBe(300);
    expect(neighbourOf(chart, chart.window, 200, -1)).toBe(100);
    expect(neighbourOf(chart, { from: 0, to: 500 }, 300, 1)).toBeNull();
  });

  test("writes the instant as in the specification", () => {
    const text = readingText(readAt(sample, usage.series[0]?.t.at(-1) ?? 0), texts);
    expect(text).toBe(`2025-08-25 13:39:44, ${SAMPLE_MODEL} 9, Total 9`);
  });

  test("shows a model's name as text, whatever it holds", () => {
    const evil = "<img src=x onerror=alert(1)>";
    const note = tooltipOf(readAt(chartWith([line(evil, [[5, 1]])]), 5), texts);
    expect(note.querySelector("img")).toBeNull();
    expect(note.textContent).toContain(evil);
  });
});

describe("zooming", () => {
  const window = { from: 0, to: 1_000_000 };

  test("keeps the instant under the hand where it is", () => {
    const zoom = zoomed(window, window, 0.5, 250_000);
    expect(zoom).toEqual({ from: 125_000, to: 625_000 });
  });

  test("does not leave the window, and all of it is no zoom", () => {
    expect(zoomed({ from: 0, to: 600_000 }, window, 1.5, 600_000)).toEqual({
      from: 0,
      to: 600_000,
    });
    expect(zoomed({ from: 0, to: 600_000 }, window, 9, 300_000)).toBeNull();
  });

  test("pans up to the window's edges", () => {
    expect(panned({ from: 100_000, to: 300_000 }, window, -500_000)).toEqual({
      from: 0,
      to: 200_000,
    });
    expect(panned({ from: 100_000, to: 300_000 }, window, 50_000)).toEqual({
      from: 150_000,
      to: 350_000,
    });
  });

  test("ends where the window has moved on past it", () => {
    expect(within({ from: 0, to: 10 }, { from: 20, to: 30 })).toBeNull();
  });
});

describe("the options", () => {
  const frameOf = (chart: Chart, change: Partial<Frame> = {}): Frame => ({
    chart,
    zoom: null,
    width: 900,
    colors,
    texts,
    pattern: null,
    ...change,
  });

  const seriesOf = (frame: Frame, before: Frame | null = null) => {
    const { series } = frameOption(frame, before);
    return Array.isArray(series) ? series : [];
  };

  const idsOf = (frame: Frame) => seriesOf(frame).map(({ id }) => id);

  test("draw the specification's sample as one straight line of 16 points on a time axis", () => {
    expect(baseOption(colors, texts, true).xAxis).toMatchObject({ type: "time" });
    const [, drawn] = seriesOf(frameOf(sample));
    expect(drawn).toMatchObject({
      name: SAMPLE_MODEL,
      type: "line",
      smooth: false,
      connectNulls: false,
    });
    expect(drawn?.data).toHaveLength(2 * 16);
  });

  test("stay fine where they crowd, also while a model is brought forward", () => {
    const many = Array.from({ length: 5_000 }, (_, at): [number, number] => [at, at % 7]);
    const window = { from: 0, to: 5_000 };
    const crowd = { ...sample, lines: [line("a", many)], window };
    const [, drawn] = seriesOf(frameOf(crowd));
    expect(drawn).toMatchObject({ lineStyle: { width: 1 }, emphasis: { lineStyle: { width: 1 } } });
  });

  test("put each line's current value at its end", () => {
    const ends = seriesOf(frameOf(sample)).at(-1);
    expect(ends).toMatchObject({ id: "ends", data: [{ value: [usage.series[0]?.t.at(-1), 9] }] });
  });

  test("put no end where the line goes on beyond what is in sight", () => {
    const zoom = { from: usage.from, to: SAMPLE_NOW - 10 * MINUTE_MS };
    expect(seriesOf(frameOf(sample, { zoom })).at(-1)).toMatchObject({ data: [] });
  });

  test("show what is zoomed into, and the window otherwise", () => {
    const zoom = { from: usage.from + 60_000, to: usage.to - 60_000 };
    expect(frameOption(frameOf(sample), null).xAxis).toMatchObject({
      min: usage.from,
      max: usage.to,
    });
    expect(frameOption(frameOf(sample, { zoom }), null).xAxis).toMatchObject({
      min: zoom.from,
      max: zoom.to,
    });
  });

  test("give again only the points of lines that have changed", () => {
    const [a, b] = [line("a", [[1, 5]]), line("b", [[2, 6]])];
    const gaps = [] as const;
    const before = frameOf(chartWith([a, b], { gaps }));
    const grown = { ...b, t: [2, 3], v: [6, 7] };
    const after = frameOf(chartWith([a, grown], { gaps, window: { from: 1, to: 1001 } }));
    const [, first, second] = seriesOf(after, before);
    expect(first).not.toHaveProperty("data");
    expect(second).toHaveProperty("data");
    expect(idsOf(after)).toEqual(["gaps", "line a", "line b", "differences", "ends"]);
  });

  test("hatch gaps and name them, however short they are", () => {
    const gaps = [
      { from: 100, to: 400, kind: "not_collecting" },
      { from: 800, to: 801, kind: "possible_loss" },
    ] as const;
    const [gap] = seriesOf(frameOf(chartWith([], { gaps })));
    const areas: unknown = gap && "markArea" in gap ? gap.markArea?.data : null;
    expect(areas).toMatchObject([
      [{ name: "Not collecting", xAxis: 100 }, { xAxis: 400 }],
      [{ name: "May be incomplete" }, {}],
    ]);
    expect(JSON.stringify(areas)).toContain("803");
  });

  test("write values at the points only while there is room", () => {
    const labelsOf = (width: number) => seriesOf(frameOf(sample, { width }))[1];
    expect(labelsOf(1400)).toMatchObject({ label: { show: true } });
    expect(labelsOf(380)).toMatchObject({ label: { show: false } });
  });

  test("draw a line without ends for a model whose points all lie outside", () => {
    const frame = frameOf(chartWith([line("a", [[-50, 5]])]));
    expect(seriesOf(frame).at(-1)).toMatchObject({ data: [] });
    expect(frameOption(frame, null).yAxis).toMatchObject({ max: 5 });
  });
});

describe("an hour that the site counts otherwise", () => {
  const differing = { from: 400, to: 700, ours: 300, theirs: 334 };
  const barsOf = (to: number, from = 0) => {
    const chart = chartWith([], { differences: [differing], window: { from, to } });
    return differenceSeries({ chart, colors, texts }, 1000, chart.window).markArea.data;
  };

  test("stands as a bar over that hour, with by how much", () => {
    expect(barsOf(1000)).toEqual([
      [
        { name: "site 34", xAxis: 400, y: 26 },
        { xAxis: 700, y: 30 },
      ],
    ]);
  });

  test("is still seen where an hour is a hair, without a number that would not fit", () => {
    const [[start, end] = []] = barsOf(500_000, -500_000);
    expect(start?.name).toBe("");
    expect((end?.xAxis ?? 0) - (start?.xAxis ?? 0)).toBe(6_000);
  });

  test("is left out where it is out of sight", () => {
    expect(barsOf(400)).toEqual([]);
  });
});
