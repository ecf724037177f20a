/** Strokes of single requests: dots, lines within bursts, stems for lone ones. */
import { marksOf } from "../bursts";
import { type Plot, xOf } from "../plot";
import { countIn } from "../scale";
import { isDimmed, type ViewInput } from "../scene";
import { crowdSeries, dotSeries, lineSeries, type Series } from "../strokes";
import { CELL_PX } from "../thinning";
import type { ChartSeries } from "../types";

const DIMMED = 0.16;
/** With more requests per pixel, all dots have the same size. */
const SIZES = [
  [0.22, 6],
  [0.55, 5],
  [1.2, 4.5],
] as const;
const LEAST_SIZE = 4;
const RIM_FROM_PX = 5;
const DENSE = 0.9;
/** From so many requests per pixel on, the strokes are fewer, and lighter the more there are. */
const CROWDED = 4;
const CROWDED_CELL_PX = 4;

/** Places on the value axis, with or without rows. */
export interface Places {
  readonly base: (at: number) => number;
  readonly place: (at: number, value: number) => number;
}

function densityOf({ chart, sight, form }: ViewInput, plot: Plot): number {
  const shared = form === "rows" ? Math.max(1, chart.series.length / 2.2) : 1;
  return countIn(chart.series, sight) / plot.width / shared;
}

export function dotSize(input: ViewInput, plot: Plot): number {
  const density = densityOf(input, plot);
  const size = SIZES.find(([most]) => density < most)?.[1] ?? LEAST_SIZE;
  return input.form === "rows" && input.chart.series.length > 6 ? size - 1 : size;
}

interface StrokeInput {
  readonly plot: Plot;
  readonly places: Places;
  readonly y: (at: number, value: number) => number;
  readonly size: number;
  readonly unitsPerPx: number;
}

export function strokesOf(
  input: ViewInput,
  line: ChartSeries,
  at: number,
  to: StrokeInput,
): Series[] {
  const { sight, gaps, colors } = input;
  const { places, size } = to;
  const density = densityOf(input, to.plot);
  const cellPx = density > CROWDED ? CROWDED_CELL_PX : CELL_PX;
  const marks = marksOf(line, sight, gaps, {
    x: (t) => xOf(to.plot, sight, t),
    y: (value) => to.y(at, value),
    cellPx,
  });
  const placed = (points: Float64Array) => placedAt(points, (value) => places.place(at, value));
  const isDense = density > DENSE;
  const thin = density > CROWDED ? Math.sqrt(CROWDED / density) : 1;
  const shade = isDimmed(input, line.key) ? DIMMED : 1;
  const { color } = line.look;
  const stroke = { color, width: isDense ? 1 : 1.25, z: 3 + at };
  const dots = {
    look: line.look,
    opacity: (isDense ? 0.85 : 0.95) * Math.sqrt(thin) * shade,
    z: 23 + at,
  };
  const rim = size >= RIM_FROM_PX ? colors.surface : null;
  const drawn: (Series | null)[] = [
    marks.lines.length > 0
      ? lineSeries({
          ...stroke,
          id: `line ${line.key}`,
          points: placed(marks.lines),
          opacity: (isDense ? 0.38 : 0.5) * thin * shade,
        })
      : null,
    marks.lone.length > 0
      ? lineSeries({
          ...stroke,
          id: `stems ${line.key}`,
          width: 1.25,
          points: stemsOf(marks.lone, (value) => places.place(at, value), places.base(at)),
          opacity: 0.5 * thin * shade,
        })
      : null,
    // ECharts throws on a large scatter series without data.
    marks.dots.length > 0
      ? dotSeries({ ...dots, id: `dots ${line.key}`, points: placed(marks.dots), size, rim })
      : null,
    marks.crowd.length > 0
      ? crowdSeries(
          {
            id: `crowd ${line.key}`,
            color,
            width: (size * 0.7 * cellPx) / CELL_PX,
            opacity: 0.6 * thin * shade,
            points: placed(marks.crowd),
            z: 22 + at,
          },
          isDense ? null : to.unitsPerPx,
        )
      : null,
    marks.lone.length > 0
      ? dotSeries({
          ...dots,
          id: `lone ${line.key}`,
          points: placed(marks.lone),
          size: size + 0.8,
          opacity: shade,
          rim: null,
        })
      : null,
  ];
  return drawn.filter((one) => one !== null);
}

/** The same pairs with their values in axis units. */
function placedAt(points: Float64Array, place: (value: number) => number): Float64Array {
  const placed = points.slice();
  for (let at = 1; at < placed.length; at += 2) placed[at] = place(placed[at] ?? 0);
  return placed;
}

function stemsOf(lone: Float64Array, place: (value: number) => number, base: number): Float64Array {
  const stems = new Float64Array(lone.length * 3).fill(Number.NaN);
  for (let from = 0, to = 0; from < lone.length; from += 2, to += 6) {
    const [t, value] = [lone[from] ?? 0, lone[from + 1] ?? 0];
    stems.set([t, base, t, place(value)], to);
  }
  return stems;
}
