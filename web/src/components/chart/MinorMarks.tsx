/** Small marks on the axis, such as the hourly recovery of a balance: too many for lines and labels. */
import type { ChartMark } from "./Annotations";
import { apart } from "./lanes";
import { placeOf } from "./places";
import type { Scene } from "./scene";

const APART_PX = 12;
const HALF_PX = 4;

interface Props {
  readonly scene: Scene;
  readonly marks: readonly ChartMark[];
}

export function MinorMarks({ scene, marks }: Props) {
  const placed = marks.flatMap((mark) => {
    const place = placeOf(scene, { from: mark.t, to: mark.t + 1 });
    return place ? [{ ...mark, left: place.left }] : [];
  });
  return apart(placed, APART_PX).map(({ t, label, left }) => (
    <span
      key={t}
      title={label}
      data-testid="chart-minor-mark"
      className="absolute z-1 size-0 border-x-4 border-b-6 border-x-transparent border-b-accent"
      style={{ left: left - HALF_PX, top: scene.plot.bottom - 6 }}
    />
  ));
}
