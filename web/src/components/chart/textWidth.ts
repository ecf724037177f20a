const LETTER_PX = 5.9;
const WIDE_LETTER_PX = 11.5;

/** Roughly, of a small text: a Chinese character is as wide as two others. */
export function textWidth(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > "⺀" ? WIDE_LETTER_PX : LETTER_PX), 0);
}

/** Return a text, or none where it is wider than its place and would reach its neighbour's. */
export function fitting(text: string, width: number): string {
  return textWidth(text) <= width ? text : "";
}
