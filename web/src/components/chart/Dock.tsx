/** The reading above the plot of a phone. */
import { type Reading, rankedRows } from "./reading";
import { headingOf } from "./readingText";
import type { Scene } from "./scene";

const MOST_DOCKED = 4;

/** Without a crosshair, show the newest values. */
export function Dock({ scene, reading }: { scene: Scene; reading: Reading | null }) {
  const { texts } = scene.input;
  if (!reading) return <DockBox title={scene.endsTitle} values={restOf(scene)} />;
  const rows = rankedRows(reading).filter(({ value }) => (value ?? 0) > 0);
  const values = rows.slice(0, MOST_DOCKED).map(({ series, value }) => ({
    key: series.key,
    name: series.name,
    color: series.look.color,
    value: texts.number(value ?? 0),
  }));
  const sum = { key: "total", name: texts.total, color: null, value: texts.number(reading.total) };
  const gap = reading.gap ? ` · ${texts.gaps[reading.gap]}` : "";
  return <DockBox title={headingOf(scene, reading) + gap} values={[...values, sum]} isOn />;
}

interface DockValue {
  readonly key: string;
  readonly name: string;
  readonly color: string | null;
  readonly value: string;
}

function restOf({ ends, input }: Scene): readonly DockValue[] {
  const { texts, chart } = input;
  const shown = ends.filter(({ value }) => value !== null);
  const newest = shown.toSorted((one, other) => other.t - one.t)[0];
  const end = chart.view === "requests" ? newest : (shown.find((one) => !one.series) ?? newest);
  if (!end) return [];
  return [
    {
      key: "rest",
      name: end.series?.name ?? texts.total,
      color: end.series?.look.color ?? null,
      value: texts.number(end.value ?? 0),
    },
  ];
}

interface DockProps {
  readonly title: string;
  readonly values: readonly DockValue[];
  readonly isOn?: boolean;
}

function DockBox({ title, values, isOn = false }: DockProps) {
  return (
    <div
      data-testid="dock"
      className="flex h-10 flex-wrap content-start gap-x-3 overflow-hidden px-4 text-xs leading-5 text-muted figure-nums"
    >
      <span className={isOn ? "font-semibold text-ink" : ""}>{title}</span>
      {values.map(({ key, name, color, value }) => (
        <span key={key} className="inline-flex items-center gap-1.5 whitespace-nowrap">
          {color && (
            <span
              aria-hidden="true"
              className="size-2 rounded-full forced-color-adjust-none"
              style={{ background: color }}
            />
          )}
          <span>{name}</span>
          <b className="font-semibold text-ink">{value}</b>
        </span>
      ))}
    </div>
  );
}
