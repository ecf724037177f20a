/** Places in the pasted text. The server counts characters, the browser code units. */

/** The position of a fault. */
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
 * Return the field's text after a paste, with the line ends of a text field. A refused text is
 * replaced as a whole; in any other text the selection is replaced.
 */
export function inserted(field: Field, pasted: string, isJudged: boolean): string {
  const text = pasted.replace(/\r\n?/g, "\n");
  if (isJudged) return text;
  const { value, selectionStart, selectionEnd } = field;
  return value.slice(0, selectionStart) + text + value.slice(selectionEnd);
}
