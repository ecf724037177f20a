/** Input of the chart, as plain values. Columns have equal length; `t` is ascending, in ms. */

export type ChartView = "requests" | "interval" | "total";
/** Requests: together or rows. Per interval: lines, bars or rows. */
export type ChartForm = "together" | "rows" | "lines" | "bars";
export type Marker = "circle" | "square" | "triangle" | "diamond";

/** The appearance of one series: no two of the first ten share colour, marker and dash. */
export interface SeriesLook {
  readonly color: string;
  readonly marker: Marker;
  readonly dash: readonly [number, number] | null;
}

export interface SeriesName {
  readonly key: string;
  /** The short name; `key` is the full id. */
  readonly name: string;
  readonly look: SeriesLook;
}

export interface ChartSeries extends SeriesName {
  readonly t: readonly number[];
  readonly v: readonly number[];
  /** Requests per value: 1 for a single request. */
  readonly n: readonly number[];
}

export interface ChartGap {
  readonly from: number;
  readonly to: number;
  readonly kind: "not_collecting" | "other_unit" | "possible_loss" | "scheduled";
}

/** An hour for which the site reports another sum. */
interface ChartDifference {
  readonly from: number;
  readonly to: number;
  readonly ours: number;
  readonly theirs: number;
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The total over an earlier span of equal length. */
export interface PreviousSpan {
  readonly t: readonly number[];
  readonly v: readonly number[];
  readonly n: readonly number[];
  /** Where values are known, apart from the gaps. */
  readonly known: Window;
  readonly gaps: readonly Window[];
  /** Milliseconds per value. */
  readonly sourceMs: number;
  /** From the start of the earlier span to that of the window. */
  readonly shiftMs: number;
}

export interface UsualRange {
  readonly low: number;
  readonly high: number;
}

/** The usual credits per hour at an instant; null where unknown. */
export type UsualRates = (t: number) => UsualRange | null;

export interface Chart {
  readonly view: ChartView;
  /** The user's choice; null chooses by the number of series and requests. */
  readonly form: ChartForm | null;
  /** All models, in the order of rows, stacks and labels. */
  readonly models: readonly SeriesName[];
  /** Those of them that the user has not hidden. */
  readonly series: readonly ChartSeries[];
  /** Milliseconds per value of the source; null for single requests. */
  readonly sourceMs: number | null;
  readonly gaps: readonly ChartGap[];
  readonly differences: readonly ChartDifference[];
  /** Null: unknown, or not wanted. */
  readonly previous: PreviousSpan | null;
  readonly usual: UsualRates | null;
  readonly window: Window;
}

/** Texts and formats of the chart, in the user's language and time zone. */
export interface ChartTexts {
  readonly zone: string;
  readonly number: (value: number) => string;
  /** `13:39` */
  readonly time: (t: number) => string;
  /** `2025-08-25 13:39:44` */
  readonly instant: (t: number) => string;
  /** `13:39:44` */
  readonly second: (t: number) => string;
  /** `27` */
  readonly dayOfMonth: (t: number) => string;
  /** `Nov 27` */
  readonly day: (t: number) => string;
  readonly duration: (ms: number) => string;
  readonly age: (ms: number) => string;
  readonly total: string;
  /** The names of the previous span and of the usual spend. */
  readonly previous: string;
  readonly usual: string;
  readonly requests: (count: number) => string;
  /** Several requests of one model: "11 ×, up to 117". */
  readonly several: (count: number, highest: string) => string;
  readonly others: (count: number) => string;
  readonly soFar: string;
  readonly isPartOfInterval: string;
  readonly gaps: Readonly<Record<ChartGap["kind"], string>>;
  /** The site's surplus in an hour: "site +34". */
  readonly difference: (theirs: number, ours: number) => string;
  readonly unit: {
    readonly request: string;
    readonly interval: (ms: number) => string;
    readonly since: (moment: string) => string;
  };
  readonly ends: {
    readonly lastRequest: string;
    readonly lastInSight: string;
    readonly interval: string;
    readonly thisInterval: string;
    readonly now: string;
  };
  readonly legend: string;
  readonly legendHint: string;
}
