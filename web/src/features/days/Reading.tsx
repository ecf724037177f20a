import { Button } from "@/components/ui/Button";
import { useFormat } from "@/i18n";
import { type Day, isLeast } from "./days";
import { reservations } from "./dayText";
import { useDaysTexts } from "./texts";
import { useDayNames } from "./useDayNames";
import type { NamedSeries } from "./useSeries";

interface Props {
  readonly day: Day;
  readonly series: readonly NamedSeries[];
  readonly at: number;
  readonly count: number;
  /** Given where a finger reads: its way to the day. */
  readonly onOpen: (() => void) | null;
}

/** The day under the pointer: beside its column, on a phone below the bars. */
export function Reading({ day, series, at, count, onOpen }: Props) {
  const texts = useDaysTexts();
  const format = useFormat();
  const names = useDayNames();
  const isLeft = at + 0.5 > count / 2;
  const edge = isLeft ? (count - at) / count : (at + 1) / count;
  const rows = series
    .map((one, place) => ({ ...one, credits: day.parts[place] ?? 0 }))
    .filter(({ credits }) => credits > 0);
  const notes = reservations(day, texts, format);
  return (
    <div
      aria-hidden={onOpen === null}
      className="pointer-events-none absolute top-0 z-10 max-sm:top-full max-sm:right-0! max-sm:left-0! max-sm:mt-8 flex min-w-48 flex-col gap-1.5 rounded-xl border border-line bg-raised px-3.5 py-3 text-xs shadow-pop figure-nums"
      style={{ [isLeft ? "right" : "left"]: `calc(${edge * 100}% + 10px)` }}
    >
      <p className="flex items-baseline justify-between gap-4">
        <b className="font-semibold">{names.long(day.from)}</b>
        {notes.length > 0 && <span className="text-warn">{notes.join(" · ")}</span>}
      </p>
      {rows.map(({ key, name, color, credits }) => (
        <p key={key} className="flex items-center gap-2">
          <span
            className="size-2.5 shrink-0 rounded-[3px] forced-color-adjust-none"
            style={{ background: color }}
          />
          <span className="max-w-40 truncate text-muted">{name}</span>
          <b className="ml-auto pl-4 font-medium">{format.amount(credits)}</b>
        </p>
      ))}
      <p className="flex justify-between gap-4 border-t border-line pt-1.5">
        <span className="text-muted">{texts.total}</span>
        <b className="font-semibold">
          {isLeast(day) ? texts.least(format.amount(day.credits)) : format.amount(day.credits)}
        </b>
      </p>
      <p className="flex justify-between gap-4 text-faint">
        <span>{texts.requests(format.number(day.requests), day.requests)}</span>
        {onOpen === null && <span>{texts.open}</span>}
      </p>
      {onOpen && (
        <Button className="pointer-events-auto" onClick={onOpen}>
          {texts.open}
        </Button>
      )}
    </div>
  );
}
