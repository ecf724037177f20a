/** What is drawn behind the canvas: hatched gaps, midnights and the baselines of rows. */
import { useId } from "react";
import { gapPlaces } from "./places";
import { xOf } from "./plot";
import type { Scene } from "./scene";
import { midnightsOf } from "./timeAxis";

const TILE = 8;

export function Backdrop({ scene }: { readonly scene: Scene }) {
  const hatch = useId();
  const { plot, sight, rows, input } = scene;
  const { colors } = input;
  const midnights = midnightsOf(scene).map((t) => xOf(plot, sight, t));
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute size-full">
      <defs>
        <pattern id={hatch} width={TILE} height={TILE} patternUnits="userSpaceOnUse">
          <rect width={TILE} height={TILE} fill={colors.hatchGround} />
          <path d="M-1 1 1 -1M-1 9 9 -1M7 9 9 7" stroke={colors.hatch} strokeWidth="1.1" />
        </pattern>
      </defs>
      {gapPlaces(scene).map(({ gap, left, right }) => (
        <g key={gap.from} data-testid="gap">
          <rect
            x={left}
            y={plot.top}
            width={right - left}
            height={plot.height}
            fill={`url(#${hatch})`}
          />
          <path
            d={[left, right]
              .filter((x) => isWithin(scene, x))
              .map(verticalIn(scene))
              .join("")}
            stroke={colors.hatchEdge}
          />
        </g>
      ))}
      <path d={midnights.map(verticalIn(scene)).join("")} stroke={colors.axis} />
      <path
        d={(rows?.rows ?? [])
          .map(({ base }) => `M${plot.left} ${crisp(plot.bottom - base)}H${plot.right}`)
          .join("")}
        stroke={colors.line}
      />
    </svg>
  );
}

function isWithin({ plot }: Scene, x: number): boolean {
  return x > plot.left && x < plot.right;
}

function verticalIn({ plot }: Scene) {
  return (x: number) => `M${crisp(x)} ${plot.top}V${plot.bottom}`;
}

/** The middle of a pixel, for a line one pixel wide. */
function crisp(px: number): number {
  return Math.floor(px) + 0.5;
}
