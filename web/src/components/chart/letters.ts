/**
 * How wide a text is drawn. ECharts takes a line's height from the width of one Chinese character;
 * that is the font's size in every font, and asking the browser for it makes it search all fonts of
 * the system for the character: 25 ms and more before the first curve stands, on a page without one.
 */
type Meter = (text: string, font?: string) => { readonly width: number };

const LINE_HEIGHT_LETTER = "国";

export function widthMeter(): Meter {
  const pen = document.createElement("canvas").getContext("2d");
  let set = "";
  return (text, font = "12px sans-serif") => {
    if (text === LINE_HEIGHT_LETTER) return { width: sizeOf(font) };
    if (!pen) return { width: (text.length * sizeOf(font)) / 2 };
    if (font !== set) pen.font = set = font;
    return pen.measureText(text);
  };
}

/** The size in a font as CSS writes it: `600 12px Geist`. */
export function sizeOf(font: string): number {
  return Number(/(\d*\.?\d+)px/.exec(font)?.[1] ?? 12);
}
