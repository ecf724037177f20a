/**
 * The appearance of models: ten colours with markers and dashes. The colours stay apart for
 * colour-blind eyes in both themes and have a contrast of at least 3 to the surface; where two are
 * close, marker and dash differ. A test measures both.
 */
export type Marker = "circle" | "square" | "triangle" | "diamond";
export type Dash = readonly [number, number];

interface PaletteEntry {
  readonly light: string;
  readonly dark: string;
  readonly marker: Marker;
  readonly dash: Dash | null;
}

export const PALETTE: readonly [PaletteEntry, ...PaletteEntry[]] = [
  { light: "#324aca", dark: "#6f70ff", marker: "circle", dash: null },
  { light: "#f3620e", dark: "#f49628", marker: "circle", dash: null },
  { light: "#039f89", dark: "#4abe91", marker: "circle", dash: null },
  { light: "#8c094b", dark: "#cd428d", marker: "circle", dash: null },
  { light: "#38703c", dark: "#3b8841", marker: "diamond", dash: [2, 2] },
  { light: "#bb0d12", dark: "#ea2506", marker: "triangle", dash: [2, 2] },
  { light: "#b070fd", dark: "#c995fd", marker: "diamond", dash: [6, 2] },
  { light: "#3c80b7", dark: "#99e5fd", marker: "square", dash: [6, 2] },
  { light: "#8c9945", dark: "#e1e17f", marker: "square", dash: [6, 2] },
  { light: "#636376", dark: "#abadb9", marker: "triangle", dash: [2, 2] },
];

/** Dashes of the models after the first ten, which repeat the colours; null keeps the entry's own. */
export const CYCLE_DASHES: readonly (Dash | null)[] = [null, [10, 3], [1, 4]];
