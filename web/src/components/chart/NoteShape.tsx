/** The line of a labelled instant, or the tinted stretch of a labelled span. */
import type { Extent } from "./lanes";
import type { Scene } from "./scene";
import type { Window } from "./types";

export interface Note extends Window, Extent {
  readonly kind: "mark" | "span";
  readonly label: string;
  readonly isDashed?: boolean;
}

export function NoteShape({
  scene,
  kind,
  left,
  right,
  isDashed = false,
}: Note & { readonly scene: Scene }) {
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
