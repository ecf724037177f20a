/** The names of gaps: over their hatch, or as a key below the plot of a phone. */
import { MINUTE_MS } from "@/lib/time";
import { gapPlaces } from "./places";
import type { Scene } from "./scene";
import { textWidth } from "./textWidth";
import type { ChartGap, ChartTexts, Window } from "./types";

const NAME_PADDING_PX = 14;
const UPRIGHT_FROM_PX = 28;
/** The number of gaps that the key names, newest first. */
const MOST_NAMED = 4;

export function GapNames({ scene }: { scene: Scene }) {
  const { plot, input } = scene;
  return gapPlaces(scene).map(({ gap, left, right }) => {
    const name = input.texts.gaps[gap.kind];
    const length = input.texts.duration(toMinutes(gap.to - gap.from));
    const place = { left: (left + right) / 2, top: plot.top + 8 };
    const look =
      "absolute -translate-x-1/2 rounded-md border border-line bg-surface text-2xs font-medium whitespace-nowrap text-muted";
    if (right - left > textWidth(name) + NAME_PADDING_PX) {
      return (
        <span key={gap.from} className={`${look} px-1.5 py-px text-center`} style={place}>
          <span className="block leading-tight">{name}</span>
          <span className="block leading-tight font-normal text-faint">{length}</span>
        </span>
      );
    }
    if (right - left < UPRIGHT_FROM_PX) return null;
    return (
      <span
        key={gap.from}
        className={`${look} px-px py-1.5 [writing-mode:vertical-rl]`}
        style={place}
      >
        {`${name} · ${length}`}
      </span>
    );
  });
}

/** Seconds of a longer gap are noise. */
function toMinutes(ms: number): number {
  return ms < 2 * MINUTE_MS ? ms : Math.round(ms / MINUTE_MS) * MINUTE_MS;
}

/** The gaps in words, below the plot of a phone. */
export function GapKey({ scene }: { scene: Scene }) {
  const { texts, chart } = scene.input;
  const { sight } = scene;
  const gaps = chart.gaps.filter(({ from, to }) => to > sight.from && from < sight.to);
  if (!scene.plot.isNarrow || gaps.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-0.5 px-3 pt-1 text-xs text-muted figure-nums">
      {gaps.slice(-MOST_NAMED).map((gap) => (
        <li key={gap.from} className="inline-flex items-center gap-1.5">
          <span aria-hidden="true" className="hatched inline-block h-2.5 w-4 border border-line" />
          <span>{`${texts.gaps[gap.kind]} ${spanText(gap, sight, texts)}`}</span>
        </li>
      ))}
    </ul>
  );
}

/** The visible part of a gap; with its days where the time of day is not enough. */
function spanText(gap: ChartGap, sight: Window, texts: ChartTexts): string {
  const [from, to] = [Math.max(gap.from, sight.from), Math.min(gap.to, sight.to)];
  const [first, last] = [texts.day(from), texts.day(to)];
  const isOneDay = first === last;
  if (isOneDay && first === texts.day(sight.from) && last === texts.day(sight.to)) {
    return `${texts.time(from)}–${texts.time(to)}`;
  }
  const end = isOneDay ? texts.time(to) : `${last} ${texts.time(to)}`;
  return `${first} ${texts.time(from)}${isOneDay ? "–" : " – "}${end}`;
}
