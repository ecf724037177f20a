/**
 * Characters that are invisible or reorder their neighbours: control characters but the line end and the
 * tab, invisible and directional marks (Unicode TR 36, "bidirectional text spoofing"), line separators.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const KEPT: ReadonlySet<string> = new Set(["\n", "\t"]);

/** A foreign text with all invisible characters written as JSON escapes. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (mark) => (KEPT.has(mark) ? mark : escaped(mark)));
}

/** As UTF-16, like in JSON: `\u202e`. */
function escaped(mark: string): string {
  return mark
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
