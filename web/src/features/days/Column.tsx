import type { KeyboardEvent, MouseEvent, Ref } from "react";
import type { Scale } from "@/components/chart/scale";
import { useFormat } from "@/i18n";
import { cn } from "@/lib/cn";
import { Bar } from "./Bar";
import type { Align, Mark } from "./Columns";
import { type Day, isLeast } from "./days";
import { dayText } from "./dayText";
import { useDaysTexts } from "./texts";
import { useDayNames } from "./useDayNames";
import type { NamedSeries } from "./useSeries";

interface Props {
  readonly ref: Ref<HTMLButtonElement>;
  readonly tabIndex: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly day: Day;
  readonly series: readonly NamedSeries[];
  readonly scale: Scale;
  readonly mark: Mark;
  readonly align: Align;
  readonly label: "all" | "wide" | undefined;
  /** Whether there is room for the weekday. */
  readonly isWide: boolean;
  readonly isRead: boolean;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
  readonly onOpen: (event: MouseEvent) => void;
}

/**
 * One day: a button as high as the plot, which opens the day in the curve. The texts beside its bar
 * are no part of the button: its name is the whole sentence.
 */
export function Column(props: Props) {
  const { ref, tabIndex, day, series, scale, mark, align, label, isWide, isRead } = props;
  const texts = useDaysTexts();
  const format = useFormat();
  const names = useDayNames();
  return (
    <li
      data-mark
      className={cn(
        "group/day relative flex h-full min-w-0 flex-1 flex-col items-center justify-end rounded-t-sm",
        isLeast(day) && "hatched-soft",
        isRead && "bg-hover/60",
      )}
    >
      <button
        ref={ref}
        type="button"
        tabIndex={tabIndex}
        aria-disabled={day.covered === null}
        aria-label={`${names.long(day.from)}: ${dayText(day, texts, format)}`}
        data-date={format.date(day.from)}
        onKeyDown={props.onKeyDown}
        onClick={props.onOpen}
        onFocus={props.onFocus}
        onBlur={props.onBlur}
        className="absolute inset-0 rounded-t-sm"
      />
      <Above {...{ day, mark, align, isWide }} />
      <Bar {...{ day, series, scale, isWide }} />
      {label && <Below day={day} isWide={isWide} align={align} label={label} />}
    </li>
  );
}

const ALIGNS: Readonly<Record<Align, string>> = {
  start: "left-0",
  center: "left-1/2 -translate-x-1/2",
  end: "right-0",
};

/** Few days: a text fits over its own bar, except on a narrow page. */
const FEW_ALIGNS: Readonly<Record<Align, string>> = {
  start: "left-0 lg:left-1/2 lg:-translate-x-1/2",
  center: ALIGNS.center,
  end: "right-0 lg:right-auto lg:left-1/2 lg:-translate-x-1/2",
};

/** The note above a bar: the highest day, today, or that nothing was requested. */
function Above({ day, mark, align, isWide }: Pick<Props, "day" | "mark" | "align" | "isWide">) {
  const texts = useDaysTexts();
  const format = useFormat();
  const names = useDayNames();
  // Over its neighbours where it is wider than its column.
  const inner = (className: string, text: string, place = ALIGNS[align]) => (
    <span
      aria-hidden="true"
      className="pointer-events-none relative h-5 w-full text-xs whitespace-nowrap figure-nums"
    >
      <span className={cn("absolute bottom-1", place, className)}>{text}</span>
    </span>
  );
  if (mark === "highest") {
    const credits = format.amount(day.credits);
    const text = texts.highest(credits, names.short(day.from));
    return inner("font-semibold big:hidden", text, (isWide ? FEW_ALIGNS : ALIGNS)[align]);
  }
  if (mark === "today") {
    // Wider than a narrow bar: it would be over the next one.
    const look = cn("font-medium text-accent big:hidden", !isWide && "max-sm:hidden");
    return inner(look, texts.today, isWide ? ALIGNS.center : ALIGNS[align]);
  }
  if (day.covered === 1 && day.credits === 0) return inner("text-faint", "0", ALIGNS.center);
  return null;
}

/** Few days have room for their names on each page. */
const ENDS: Readonly<Record<Align, string>> = {
  start: "left-0 sm:left-auto",
  center: "",
  end: "right-0",
};

function Below({ day, isWide, align, label }: Pick<Props, "day" | "isWide" | "align" | "label">) {
  const names = useDayNames();
  return (
    <span
      aria-hidden="true"
      className={cn(
        "pointer-events-none absolute top-full flex flex-col items-center pt-1.5 text-xs whitespace-nowrap text-faint figure-nums",
        !isWide && ENDS[align],
        label === "wide" && "max-sm:hidden",
        isWide && "big:hidden big:group-nth-[3n+1]/day:flex",
      )}
    >
      {isWide && <span className="text-muted">{names.weekday(day.from)}</span>}
      <span className="max-sm:hidden">{names.short(day.from)}</span>
      <span className="sm:hidden">{names.numeric(day.from)}</span>
    </span>
  );
}
