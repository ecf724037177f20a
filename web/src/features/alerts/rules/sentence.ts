/** A sentence with controls: texts and the names in braces between them. */

export type Piece = { readonly text: string } | { readonly name: string };

export function piecesOf(sentence: string): readonly Piece[] {
  return sentence
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== "")
    .map((piece) => (piece.startsWith("{") ? { name: piece.slice(1, -1) } : { text: piece.trim() }))
    .filter((piece) => "name" in piece || piece.text !== "");
}

/** Return a number that a user entered, with or without separators; null if it is none. */
export function numberFrom(text: string): number | null {
  const plain = text.replace(/[,，\s']/g, "");
  const value = Number(plain);
  return plain !== "" && Number.isFinite(value) && value >= 0 ? value : null;
}
