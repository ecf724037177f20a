/** The chart's input, from a curve, the user's choices and the looks of the models. */
import type { Difference, Gap, Series, Usage } from "@/api/types";
import type {
  Chart,
  ChartForm,
  ChartSeries,
  ChartView,
  PreviousSpan,
  SeriesName,
  UsualRates,
} from "@/components/chart/types";
import { lowerBound } from "@/lib/columns";
import type { ModelLooks } from "@/lib/modelLooks";
import type { Span } from "@/lib/range";
import { type SeriesTexts, seriesNames } from "@/lib/seriesNames";
import { HOUR_MS, SECOND_MS } from "@/lib/time";
import { countedSpan, remembered } from "./buckets";

export interface ChartInput {
  readonly usage: Usage;
  readonly gaps: readonly Gap[];
  readonly differences: readonly Difference[];
  readonly window: Span;
  readonly view: ChartView;
  readonly form: ChartForm | null;
  readonly zone: string;
  readonly theme: "light" | "dark";
  readonly looks: ModelLooks;
  readonly hidden: ReadonlySet<string>;
  /** The models in the order of rows, stacks and labels. */
  readonly order: readonly string[];
  readonly previous: PreviousSpan | null;
  readonly usual: UsualRates | null;
  readonly names: SeriesTexts;
}

export function chartOf(input: ChartInput): Chart {
  const { usage, gaps, differences, window, view, form, hidden, previous, usual } = input;
  const sourceMs = usage.bucket_s === null ? null : usage.bucket_s * SECOND_MS;
  const models = sortedSeries(input);
  const name = nameIn(input);
  return {
    view,
    form,
    models: models.map(({ key }) => name(key)),
    series: models
      .filter(({ key }) => !hidden.has(key))
      .map((line): ChartSeries => ({ ...name(line.key), ...columnsOf(line, input, sourceMs) })),
    sourceMs,
    gaps,
    differences: differences.map(({ t, ours, theirs }) => ({
      from: t,
      to: t + HOUR_MS,
      ours,
      theirs,
    })),
    previous,
    usual,
    window,
  };
}

/** The models with requests in the window, in the given order, new ones last. */
function sortedSeries({ usage, window, zone, order }: ChartInput): readonly Series[] {
  const { from } = countedSpan(usage.bucket_s, window, zone);
  const rank = (key: string) => {
    const at = order.indexOf(key);
    return at < 0 ? order.length : at;
  };
  return usage.series
    .filter(({ t }) => (t.at(-1) ?? 0) >= from)
    .toSorted((one, other) => rank(one.key) - rank(other.key));
}

function nameIn({ usage, looks, theme, names: texts }: ChartInput): (key: string) => SeriesName {
  const names = seriesNames(usage.by, usage.series, texts);
  return (key) => ({ key, name: names.get(key) ?? key, look: looks.lookOf(key, theme) });
}

/** The sum of a bucket is reached at its end: a running total steps there. */
const atBucketEnds = remembered((series, mark): readonly number[] => {
  const [size = 0, last = 0] = mark.split(" ").map(Number);
  return series.t.map((t) => Math.min(t + size, last));
});

function columnsOf(line: Series, { view, window }: ChartInput, sourceMs: number | null) {
  const { t, v, n } = line;
  if (view !== "total" || sourceMs === null) return { t, v, n };
  return { t: atBucketEnds(line, `${sourceMs} ${window.to}`), v, n };
}

/** The models by their sum over the range, largest first. */
export function orderOf(series: readonly Series[]): readonly string[] {
  return series.toSorted((one, other) => other.total - one.total).map(({ key }) => key);
}

/** The drawn values within a span, as a description of the chart counts them. */
export function drawnIn({ series }: Pick<Chart, "series">, { from, to }: Span) {
  let points = 0;
  let last: { readonly t: number; readonly v: number } | null = null;
  for (const { t, v } of series) {
    const end = lowerBound(t, to);
    points += end - lowerBound(t, from);
    const time = t[end - 1];
    if (time !== undefined && time >= from && time >= (last?.t ?? 0)) {
      last = { t: time, v: v[end - 1] ?? 0 };
    }
  }
  return { points, lines: series.length, last };
}
