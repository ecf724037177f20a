/** Colours of the canvas, for each theme. */

export interface ChartColors {
  readonly ink: string;
  readonly muted: string;
  readonly faint: string;
  readonly surface: string;
  readonly grid: string;
  readonly axis: string;
  readonly line: string;
  readonly hatch: string;
  readonly hatchGround: string;
  readonly hatchEdge: string;
  readonly warn: string;
  /** Opacity of the fill under the total. */
  readonly totalFill: number;
}

export const CHART_COLORS: Readonly<Record<"light" | "dark", ChartColors>> = {
  light: {
    ink: "#18181b",
    muted: "#575761",
    faint: "#686872",
    surface: "#ffffff",
    grid: "#ececf0",
    axis: "#c9c9d1",
    line: "#e5e5e9",
    hatch: "#cbcbd5",
    hatchGround: "#f6f6f8",
    hatchEdge: "#b3b3c0",
    warn: "#8a5a00",
    totalFill: 0.055,
  },
  dark: {
    ink: "#ededf0",
    muted: "#a6a7b1",
    faint: "#8b8c97",
    surface: "#121316",
    grid: "#212227",
    axis: "#3a3b42",
    line: "#25262b",
    hatch: "#42434c",
    hatchGround: "#17181c",
    hatchEdge: "#55565f",
    warn: "#e2b450",
    totalFill: 0.09,
  },
};
