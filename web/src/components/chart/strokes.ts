/** Series options of ECharts, as the views combine them. */
import type { LineSeriesOption, ScatterSeriesOption } from "./echarts";
import type { Marker, SeriesLook } from "./types";

export type Series = LineSeriesOption | ScatterSeriesOption;

const SYMBOLS: Readonly<Record<Marker, string>> = {
  circle: "circle",
  square: "rect",
  triangle: "triangle",
  diamond: "diamond",
};
/** Sizes that make the markers look equally large. */
const SIZES: Readonly<Record<Marker, number>> = {
  circle: 1,
  square: 0.9,
  triangle: 1.15,
  diamond: 1.15,
};
/** The shortest segment that ECharts draws. */
const SHORTEST_PX = 0.75;

/** Flat columns as a series' data: ECharts takes typed arrays, but its types do not say so. */
function flat(points: Float64Array): NonNullable<LineSeriesOption["data"]> {
  return points as unknown as NonNullable<LineSeriesOption["data"]>;
}

export interface Stroke {
  readonly id: string;
  readonly points: Float64Array;
  readonly color: string;
  readonly width: number;
  readonly opacity: number;
  readonly z: number;
  readonly dash?: readonly [number, number] | null;
}

export function lineSeries({ id, points, color, width, opacity, z, dash }: Stroke) {
  return {
    id,
    type: "line",
    data: flat(points),
    dimensions: ["t", "v"],
    showSymbol: false,
    connectNulls: false,
    silent: true,
    animation: false,
    emphasis: { disabled: true },
    itemStyle: { color },
    lineStyle: {
      color,
      width,
      opacity,
      type: dash ? [...dash] : "solid",
      join: "round",
      cap: dash ? "butt" : "round",
    },
    z,
  } satisfies LineSeriesOption;
}

/** A fill from the line down to the axis that fades out. */
export function fadingFill(color: string, opacity: number) {
  const colorStops = [
    { offset: 0, color },
    { offset: 1, color: `${color}00` },
  ];
  return { color: { type: "linear" as const, x: 0, y: 0, x2: 0, y2: 1, colorStops }, opacity };
}

export interface Dots {
  readonly id: string;
  readonly points: Float64Array;
  readonly look: SeriesLook;
  readonly size: number;
  readonly opacity: number;
  /** The colour of the rim; null for none. */
  readonly rim: string | null;
  readonly z: number;
}

/** One path for all dots, so that overlapping ones do not add up to a block. */
export function dotSeries({ id, points, look, size, opacity, rim, z }: Dots) {
  return {
    id,
    type: "scatter",
    data: flat(points),
    dimensions: ["t", "v"],
    symbol: SYMBOLS[look.marker],
    symbolSize: size * SIZES[look.marker],
    large: true,
    largeThreshold: 0,
    silent: true,
    animation: false,
    itemStyle: {
      color: look.color,
      opacity,
      ...(rim ? { borderColor: rim, borderWidth: 0.75 } : {}),
    },
    z,
  } satisfies ScatterSeriesOption;
}

/**
 * Small dots. Round ones are segments of almost no length with round caps: ECharts draws large
 * scatter symbols under 4 px as squares. Those are many times faster, and do for a dense crowd.
 *
 * @param unitsPerPx - of the value axis; null for squares.
 */
export function crowdSeries(stroke: Stroke, unitsPerPx: number | null): Series {
  const { points, width, color } = stroke;
  if (unitsPerPx === null) {
    const look = { color, marker: "square", dash: null } as const;
    return dotSeries({ ...stroke, look, size: width, rim: null });
  }
  const half = (SHORTEST_PX / 2) * unitsPerPx;
  const segments = new Float64Array(points.length * 3).fill(Number.NaN);
  for (let from = 0, to = 0; from < points.length; from += 2, to += 6) {
    const t = points[from] ?? Number.NaN;
    const v = points[from + 1] ?? Number.NaN;
    segments[to] = t;
    segments[to + 1] = v - half;
    segments[to + 2] = t;
    segments[to + 3] = v + half;
  }
  const line = lineSeries({ ...stroke, points: segments });
  return { ...line, lineStyle: { ...line.lineStyle, width, cap: "round" as const } };
}
