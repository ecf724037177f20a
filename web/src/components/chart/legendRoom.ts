import type { Chart } from "./types";

const PADDING_REM = 0.75;
const LINE_REM = 2.75;
/** One line, while the models are not known. */
const FEW = 2;

/** The height of a phone's legend before it is drawn: all models, and their total if it is drawn. */
export function legendRoom(chart: Pick<Chart, "models" | "view"> | undefined): string {
  const models = chart?.models.length ?? FEW;
  const total = chart && chart.view !== "requests" && models > 1 ? 1 : 0;
  return `${PADDING_REM + LINE_REM * Math.ceil((models + total) / 2)}rem`;
}
