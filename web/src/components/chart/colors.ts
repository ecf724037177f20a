/** The theme's colours for what is drawn on a canvas, out of the same tokens as the styles. */
import type { ChartColors } from "./types";

export function colorsOf(element: Element): ChartColors {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--color-${name}`).trim() || "#888888";
  return {
    ink: token("ink"),
    muted: token("muted"),
    faint: token("faint"),
    line: token("line"),
    surface: token("surface"),
    hatch: token("line"),
    hatchGround: token("sunken"),
    warn: token("warn"),
  };
}

const TILE = 8;

/** The tile of a hatch, for gaps; null where there is no canvas to draw it on. */
export function hatchOf(colors: ChartColors): HTMLCanvasElement | null {
  const ratio = Math.max(1, Math.round(window.devicePixelRatio || 1));
  const tile = document.createElement("canvas");
  tile.width = tile.height = TILE * ratio;
  const pen = tile.getContext("2d");
  if (!pen) return null;
  pen.scale(ratio, ratio);
  pen.globalAlpha = 0.55;
  pen.fillStyle = colors.hatchGround;
  pen.fillRect(0, 0, TILE, TILE);
  pen.globalAlpha = 1;
  pen.strokeStyle = colors.hatch;
  pen.lineWidth = 1.2;
  for (const shift of [-TILE, 0, TILE]) {
    pen.beginPath();
    pen.moveTo(shift, TILE);
    pen.lineTo(shift + TILE, 0);
    pen.stroke();
  }
  return tile;
}
