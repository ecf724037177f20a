/** The current value, at the end of each line that ends in sight. */
import { type Frame, partOf } from "./frame";
import type { Chart, Line, Window } from "./types";

export interface End {
  readonly line: Line;
  readonly t: number;
  readonly v: number;
}

/** The last point of each line, where it is in sight: a line that goes on beyond has no end here. */
export function endsOf({ lines }: Chart, sight: Window): readonly End[] {
  return lines.flatMap((line) => {
    const t = line.t.at(-1);
    const v = line.v.at(-1);
    const isInSight = t !== undefined && t >= sight.from && t <= sight.to;
    return isInSight && v !== undefined ? [{ line, t, v }] : [];
  });
}

export function endSeries({ colors, texts }: Frame, ends: readonly End[]) {
  return {
    id: "ends",
    type: "line" as const,
    data: ends.map(({ line, t, v }) => ({
      name: line.key,
      value: [t, v],
      itemStyle: { color: line.color, borderColor: colors.surface, borderWidth: 2 },
    })),
    silent: true,
    lineStyle: { width: 0, opacity: 0 },
    showSymbol: true,
    symbol: "circle",
    symbolSize: 10,
    label: {
      show: true,
      position: "right" as const,
      distance: 4,
      fontSize: 12,
      fontWeight: 600 as const,
      color: colors.ink,
      textBorderColor: colors.surface,
      textBorderWidth: 4,
      formatter: ({ value }: { value: unknown }) => texts.number(partOf(value, 1)),
    },
    labelLayout: { moveOverlap: "shiftY" as const },
    z: 5,
  };
}
