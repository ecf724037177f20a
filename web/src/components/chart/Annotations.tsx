/**
 * Labelled instants and stretches of the curve, such as a top-up or an alert. A part of the page
 * that loads on demand renders this within the chart.
 */
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { type Extent, LANE_PX, lanesIn } from "./lanes";
import { MinorMarks } from "./MinorMarks";
import { type Note, NoteShape } from "./NoteShape";
import { gapPlaces, placeOf } from "./places";
import { useChartScene } from "./SceneContext";
import type { Scene } from "./scene";
import { useSharedLanes } from "./sharedLanes";
import { textWidth } from "./textWidth";
import type { Window } from "./types";

const HEADING_PX = 34;
const PADDING_PX = 14;
/** Half a mark's line with the space beside it. */
const BESIDE_PX = 5;

interface Labelled {
  readonly label: string;
  /** Instead of the label where the plot is narrow. */
  readonly shortLabel?: string | undefined;
}

export interface ChartMark extends Labelled {
  readonly t: number;
  /** A small mark on the axis whose label is shown on hover. */
  readonly isMinor?: boolean;
}

interface ChartSpan extends Labelled, Window {
  /** Drawn lighter: it did not happen. */
  readonly isDashed?: boolean;
}

interface PlacedNote extends Note {
  /** The words of its label. */
  readonly text: string;
}

interface LabelPlace extends Extent {
  /** It ends at its right side, before its note. */
  readonly isBefore: boolean;
}

interface Props {
  readonly marks?: readonly ChartMark[];
  readonly spans?: readonly ChartSpan[];
  /** Above the labels, at the start of the plot. */
  readonly heading?: ReactNode;
}

export function Annotations(props: Props) {
  const scene = useChartScene();
  return scene && <Placed scene={scene} {...props} />;
}

function Placed({ scene, marks = [], spans = [], heading }: Props & { readonly scene: Scene }) {
  const placed = [
    ...spans.map((span) => ({ ...span, kind: "span" as const })),
    ...marks
      .filter(({ isMinor }) => !isMinor)
      .map(({ t, label, shortLabel }) => ({
        from: t,
        to: t + 1,
        label,
        shortLabel,
        kind: "mark" as const,
        isDashed: false,
      })),
  ].flatMap((note) => {
    const place = placeOf(scene, note);
    return place ? [{ ...note, ...place, text: textOf(scene, note) }] : [];
  });
  const labels = placed.map((note) => labelPlace(scene, note));
  const { left, top: plotTop, bottom } = scene.plot;
  const lanes = useSharedLanes(labels, namedGaps(scene), lanesIn(bottom - plotTop));
  const top = plotTop + (heading ? HEADING_PX : 4);
  return (
    <>
      <MinorMarks scene={scene} marks={marks.filter(({ isMinor }) => isMinor)} />
      <svg aria-hidden="true" className="pointer-events-none absolute size-full">
        {placed.map((note) => (
          <NoteShape key={keyOf(note)} scene={scene} {...note} />
        ))}
      </svg>
      {placed.map((note, at) => {
        const lane = lanes[at] ?? null;
        const place = labels[at];
        return (
          <span
            key={keyOf(note)}
            title={note.label}
            data-testid={`chart-${note.kind}`}
            className={cn(
              "absolute z-1 truncate rounded-sm border bg-surface px-1.5 text-2xs leading-4 font-medium figure-nums",
              note.kind === "span" ? "border-warn text-warn" : "border-accent text-accent",
              note.isDashed && "border-dashed",
              lane === null && "sr-only",
              place?.isBefore && "-translate-x-full",
            )}
            style={{
              left: place?.isBefore ? place.right : place?.left,
              top: top + (lane ?? 0) * LANE_PX,
              maxWidth: scene.plot.right - left,
            }}
          >
            {note.text}
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

function textOf({ plot }: Scene, { label, shortLabel = label }: Labelled): string {
  return plot.isNarrow ? shortLabel : label;
}

function keyOf({ kind, from, to, label }: Note): string {
  return `${kind} ${from} ${to} ${label}`;
}

/** Beside a mark, within a span; on the other side where the plot ends; never outside of it. */
function labelPlace({ plot }: Scene, { kind, left, right, text }: PlacedNote): LabelPlace {
  const width = Math.min(textWidth(text) + PADDING_PX, plot.right - plot.left);
  const wanted = kind === "mark" || width > right - left ? right + 1 : left + BESIDE_PX;
  if (wanted + width <= plot.right) return { left: wanted, right: wanted + width, isBefore: false };
  const end = Math.max(plot.left + width, left - BESIDE_PX);
  return { left: end - width, right: end, isBefore: true };
}

/** Named gaps have their names where the labels are. */
function namedGaps(scene: Scene): readonly Extent[] {
  return scene.plot.isNarrow ? [] : gapPlaces(scene);
}
