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

const TILE = 8;
/** Drawn larger and scaled down: crisp on every screen. */
const RATIO = 3;

export interface Pattern {
  readonly image: HTMLCanvasElement;
  readonly repeat: "repeat";
  readonly scaleX: number;
  readonly scaleY: number;
}

/** The hatch of gaps; null where there is no 2D canvas. */
export function hatchOf(colors: ChartColors): Pattern | null {
  const image = document.createElement("canvas");
  image.width = image.height = TILE * RATIO;
  const pen = image.getContext("2d");
  if (!pen) return null;
  pen.scale(RATIO, RATIO);
  pen.fillStyle = colors.hatchGround;
  pen.fillRect(0, 0, TILE, TILE);
  pen.strokeStyle = colors.hatch;
  pen.lineWidth = 1.1;
  for (const shift of [-TILE, 0, TILE]) {
    pen.beginPath();
    pen.moveTo(shift - 1, TILE + 1);
    pen.lineTo(shift + TILE + 1, -1);
    pen.stroke();
  }
  return { image, repeat: "repeat", scaleX: 1 / RATIO, scaleY: 1 / RATIO };
}
