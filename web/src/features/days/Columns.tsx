import type { MouseEvent } from "react";
import type { Scale } from "@/components/chart/scale";
import { changeAddress } from "@/hooks/useAddress";
import { useRoving } from "@/hooks/useRoving";
import { useFormat } from "@/i18n";
import { cn } from "@/lib/cn";
import { Column } from "./Column";
import type { Day } from "./days";
import { FEW, labelled } from "./labels";
import { Reading } from "./Reading";
import { Ticks } from "./Ticks";
import { useDaysTexts } from "./texts";
import { useDayNames } from "./useDayNames";
import { useDayReading } from "./useDayReading";
import type { NamedSeries } from "./useSeries";

interface Props {
  readonly days: readonly Day[];
  /** The place of the day with the most credits. */
  readonly highest: number;
  readonly scale: Scale;
  readonly series: readonly NamedSeries[];
}

function open({ from, to, isNow }: Day): void {
  const range = isNow
    ? ({ kind: "days", period: "today" } as const)
    : ({ kind: "span", from, to } as const);
  changeAddress({ range, view: null });
}

export function Columns({ days, highest, scale, series }: Props) {
  const texts = useDaysTexts();
  const { dayOfMonth } = useDayNames();
  const { zone } = useFormat();
  const { read, frame, scrubProps, focusProps } = useDayReading(days.length);
  const present = days.findIndex(({ isNow }) => isNow);
  const itemProps = useRoving<HTMLButtonElement>({
    count: days.length,
    first: present < 0 ? days.length - 1 : present,
  });
  const labels = labelled(days, dayOfMonth);
  const pick = (day: Day, { detail }: MouseEvent) => {
    // For a finger, the day that it reads has a large button. The keyboard has no detail.
    const isTap = detail > 0 && read?.isFinger;
    if (day.covered !== null && !isTap) open(day);
  };
  const day = read ? days[read.at] : undefined;
  return (
    <>
      <div ref={frame} className="plot-height relative">
        <Ticks scale={scale} />
        <ol
          aria-label={`${texts.chart}. ${texts.keys}`}
          data-testid="days"
          data-zone={zone}
          {...scrubProps}
          className="relative flex h-full"
        >
          {days.map((one, at) => (
            <Column
              key={one.from}
              {...itemProps(at)}
              day={one}
              {...{ series, scale }}
              mark={markOf(at, { highest, present })}
              align={alignOf(at, days.length)}
              label={labels.get(at)}
              isWide={days.length <= FEW}
              {...focusProps(at)}
              isRead={read?.at === at}
              onOpen={(event) => pick(one, event)}
            />
          ))}
        </ol>
        {day && read && (
          <Reading
            {...{ day, series }}
            at={read.at}
            count={days.length}
            onOpen={read.isFinger && day.covered !== null ? () => open(day) : null}
          />
        )}
      </div>
      <div className={cn("h-7", days.length <= FEW && "h-11")} />
    </>
  );
}

export type Mark = "highest" | "today" | null;

function markOf(at: number, { highest, present }: { highest: number; present: number }): Mark {
  if (at === present) return "today";
  return at === highest ? "highest" : null;
}

export type Align = "start" | "center" | "end";

/** A text wider than its column must not leave the plot. */
function alignOf(at: number, count: number): Align {
  const place = (at + 0.5) / count;
  if (place < 0.14) return "start";
  return place > 0.86 ? "end" : "center";
}
