import type { CSSProperties } from "react";

/** The accent's share of each step, in percent: even steps to the eye. */
const STEPS = [0, 16, 34, 54, 76, 100] as const;

export function shadeOf(level: number): CSSProperties {
  return { "--step": STEPS[level] ?? 0 } as CSSProperties;
}
