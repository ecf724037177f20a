/** The palette as eyes with and without colour blindness see it (Machado 2009; Ottosson's OKLab). */
import { expect, test } from "vitest";
import { PALETTE } from "./palette";

type Triple = readonly [number, number, number];

const EYES: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Least distance in OKLab of any two colours, and of two that share marker and dash. */
const LEAST = { any: 0.045, sameShape: 0.075 } as const;

const SURFACES = { light: "#ffffff", dark: "#121316" } as const;

function linear(hex: string): Triple {
  const channel = (start: number) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function times(rows: readonly [Triple, Triple, Triple], [r, g, b]: Triple): Triple {
  const row = ([x, y, z]: Triple) => Math.min(1, Math.max(0, x * r + y * g + z * b));
  return [row(rows[0]), row(rows[1]), row(rows[2])];
}

function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(one: Triple, other: Triple): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

function luminance([r, g, b]: Triple): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

for (const theme of ["light", "dark"] as const) {
  const colors = PALETTE.map((swatch) => linear(swatch[theme]));

  test(`every colour stands out from the ${theme} surface`, () => {
    const surface = luminance(linear(SURFACES[theme]));
    for (const color of colors) {
      const [bright, dim] = [luminance(color), surface].toSorted((a, b) => b - a);
      expect(((bright ?? 0) + 0.05) / ((dim ?? 0) + 0.05)).toBeGreaterThanOrEqual(3);
    }
  });

  for (const [eye, matrix] of Object.entries(EYES)) {
    test(`any two ${theme} colours differ, more so where marker and dash are the same: ${eye}`, () => {
      const seen = PALETTE.map((entry) => ({
        shape: `${entry.marker} ${entry.dash}`,
        color: oklab(times(matrix, linear(entry[theme]))),
      }));
      seen.forEach((one, at) => {
        for (const other of seen.slice(at + 1)) {
          const least = one.shape === other.shape ? LEAST.sameShape : LEAST.any;
          expect(distance(one.color, other.color)).toBeGreaterThan(least);
        }
      });
    });
  }
}
