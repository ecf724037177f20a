/** Places in what was pasted. The server counts characters, the browser code units. */

/** Where a fault stands. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** Of the text field's selection. */
  readonly start: number;
  readonly end: number;
}

export function placeOf(text: string, offset: number): Place | null {
  const characters = [...text];
  const fault = characters[offset];
  if (fault === undefined) return null;
  const before = characters.slice(0, offset).join("");
  const lines = before.split("\n");
  const column = [...(lines.at(-1) ?? "")].length + 1;
  return { line: lines.length, column, start: before.length, end: before.length + fault.length };
}

type Field = Pick<HTMLTextAreaElement, "value" | "selectionStart" | "selectionEnd">;

/**
 * The field's text once this is pasted, with line ends as a field keeps them. What was judged
 * already is replaced whole; what is still being written keeps its other parts.
 */
export function inserted(field: Field, pasted: string, isJudged: boolean): string {
  const text = pasted.replace(/\r\n?/g, "\n");
  if (isJudged) return text;
  const { value, selectionStart, selectionEnd } = field;
  return value.slice(0, selectionStart) + text + value.slice(selectionEnd);
}
