/**
 * Labelled instants and stretches of the curve, such as a top-up or an alert. A part of the page
 * that loads on demand renders this within the chart.
 */
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { type Extent, lanesOf } from "./lanes";
import { MinorMarks } from "./MinorMarks";
import { gapPlaces, placeOf } from "./places";
import { useChartScene } from "./SceneContext";
import type { Scene } from "./scene";
import { textWidth } from "./textWidth";
import type { Window } from "./types";

const LANE_PX = 20;
const HEADING_PX = 34;
const MOST_LANES = 3;
const PADDING_PX = 14;
/** Half a mark's line with the space beside it. */
const BESIDE_PX = 5;

export interface ChartMark {
  readonly t: number;
  readonly label: string;
  /** A small mark on the axis whose label is shown on hover. */
  readonly isMinor?: boolean;
}

interface ChartSpan extends Window {
  readonly label: string;
  /** Drawn lighter: it did not happen. */
  readonly isDashed?: boolean;
}

interface Props {
  readonly marks?: readonly ChartMark[];
  readonly spans?: readonly ChartSpan[];
  /** Above the labels, at the start of the plot. */
  readonly heading?: ReactNode;
}

export function Annotations({ marks = [], spans = [], heading }: Props) {
  const scene = useChartScene();
  if (!scene) return null;
  const placed = [
    ...spans.map((span) => ({ ...span, kind: "span" as const })),
    ...marks
      .filter(({ isMinor }) => !isMinor)
      .map(({ t, label }) => ({
        from: t,
        to: t + 1,
        label,
        kind: "mark" as const,
        isDashed: false,
      })),
  ].flatMap((note) => {
    const place = placeOf(scene, note);
    return place ? [{ ...note, ...place }] : [];
  });
  const labels = placed.map((note) => labelPlace(scene, note));
  const lanes = lanesOf(labels, namedGaps(scene), MOST_LANES);
  const { left, top: plotTop } = scene.plot;
  const top = plotTop + (heading ? HEADING_PX : 4);
  return (
    <>
      <MinorMarks scene={scene} marks={marks.filter(({ isMinor }) => isMinor)} />
      <svg aria-hidden="true" className="pointer-events-none absolute size-full">
        {placed.map((note) => (
          <Shape key={keyOf(note)} scene={scene} {...note} />
        ))}
      </svg>
      {placed.map((note, at) => {
        const lane = lanes[at] ?? null;
        return (
          <span
            key={keyOf(note)}
            title={note.label}
            data-testid={`chart-${note.kind}`}
            className={cn(
              "absolute z-1 rounded-sm border bg-surface px-1.5 text-2xs leading-4 font-medium whitespace-nowrap figure-nums",
              note.kind === "span" ? "border-warn text-warn" : "border-accent text-accent",
              note.isDashed && "border-dashed",
              lane === null && "sr-only",
            )}
            style={{ left: labels[at]?.left, top: top + (lane ?? 0) * LANE_PX }}
          >
            {note.label}
          </span>
        );
      })}
      {heading && (
        <div className="absolute z-2" style={{ left: left + BESIDE_PX, top: plotTop + 4 }}>
          {heading}
        </div>
      )}
    </>
  );
}

interface Note extends Window, Extent {
  readonly kind: "mark" | "span";
  readonly label: string;
  readonly isDashed?: boolean;
}

function keyOf({ kind, from, to, label }: Note): string {
  return `${kind} ${from} ${to} ${label}`;
}

function Shape({ scene, kind, left, right, isDashed = false }: Note & { readonly scene: Scene }) {
  const { top, bottom, height } = scene.plot;
  if (kind === "mark") {
    return <path d={`M${left} ${top}V${bottom}`} className="stroke-accent" strokeDasharray="6 3" />;
  }
  return (
    <>
      <rect
        x={left}
        y={top}
        width={right - left}
        height={height}
        className="fill-warn"
        opacity={isDashed ? ".08" : ".14"}
      />
      <path
        d={`M${left} ${top}V${bottom}M${right} ${top}V${bottom}`}
        className="stroke-warn"
        strokeDasharray={isDashed ? "4 3" : undefined}
      />
    </>
  );
}

/** Beside a mark, within a span; on the other side where the plot ends. */
function labelPlace({ plot }: Scene, { kind, left, right, label }: Note): Extent {
  const width = textWidth(label) + PADDING_PX;
  const wanted = kind === "mark" || width > right - left ? right + 1 : left + BESIDE_PX;
  const start = wanted + width > plot.right ? left - width - BESIDE_PX : wanted;
  return { left: start, right: start + width };
}

/** Named gaps have their names where the labels are. */
function namedGaps(scene: Scene): readonly Extent[] {
  return scene.plot.isNarrow ? [] : gapPlaces(scene);
}
