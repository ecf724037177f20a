/** What the chart draws, as values. Columns are of equal length; `t` never falls. */

export type ChartView = "requests" | "interval" | "total";

export interface Line {
  readonly key: string;
  readonly color: string;
  readonly dash: "solid" | "dashed" | "dotted";
  readonly t: readonly number[];
  readonly v: readonly number[];
}

export interface ChartGap {
  readonly from: number;
  readonly to: number;
  readonly kind: "not_collecting" | "possible_loss";
}

/** An hour whose sum the site counts otherwise. */
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

/** Texts and writing of the chart, in the user's language and zone. */
export interface ChartTexts {
  /** The page's font, as CSS writes it. */
  readonly font: string;
  readonly zone: string;
  readonly number: (value: number) => string;
  readonly compact: (value: number) => string;
  readonly instant: (t: number) => string;
  readonly total: string;
  /** Where a line has no value. */
  readonly none: string;
  /** A value made earlier: "at 13:39:44". */
  readonly since: (t: number) => string;
  readonly gaps: Readonly<Record<ChartGap["kind"], string>>;
  /** What the site counts more (or less) in an hour: "site +34". */
  readonly difference: (theirs: number, ours: number) => string;
}

export interface ChartColors {
  readonly ink: string;
  readonly muted: string;
  readonly faint: string;
  readonly line: string;
  readonly surface: string;
  readonly hatch: string;
  readonly hatchGround: string;
  readonly warn: string;
}

export interface Chart {
  readonly view: ChartView;
  readonly lines: readonly Line[];
  readonly gaps: readonly ChartGap[];
  readonly differences: readonly ChartDifference[];
  readonly window: Window;
  /** Milliseconds of a bucket in the view of intervals; null elsewhere. */
  readonly bucketMs: number | null;
}
