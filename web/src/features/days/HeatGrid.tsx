import { useRoving } from "@/hooks/useRoving";
import { useScrub } from "@/hooks/useScrub";
import { cn } from "@/lib/cn";
import { type Cell, HOURS, levelOf } from "./heat";
import { shadeOf } from "./shade";
import { useDaysTexts } from "./texts";
import { hourText, useWeekdays } from "./useCellText";

interface Props {
  readonly rows: readonly (readonly Cell[])[];
  readonly highest: number;
  /** The place of the present hour. */
  readonly present: number;
  readonly titleId: string;
  readonly cellText: (place: number) => string;
  readonly onRead: (place: number | null) => void;
}

/** Hours that have a name below them, in steps. */
const NAMED = 3;

export function HeatGrid({ rows, highest, present, titleId, cellText, onRead }: Props) {
  const texts = useDaysTexts();
  const weekdays = useWeekdays();
  const itemProps = useRoving<HTMLButtonElement>({
    count: 7 * HOURS,
    first: Math.max(0, present),
    across: HOURS,
  });
  const scrubProps = useScrub({ across: HOURS, down: 7, onRead });
  return (
    <table
      aria-labelledby={titleId}
      aria-description={texts.heatKeys}
      data-testid="heat"
      {...scrubProps}
      className="w-full table-fixed border-separate border-spacing-[2px] sm:border-spacing-[3px]"
    >
      <HourNames />
      <tbody>
        {rows.map((cells, day) => (
          <tr key={weekdays[day]}>
            <th
              scope="row"
              className="pr-2 text-left text-xs font-normal whitespace-nowrap text-muted"
            >
              {weekdays[day]}
            </th>
            {cells.map((cell, hour) => {
              const place = day * HOURS + hour;
              return (
                <td key={hourText(hour)} className="p-0">
                  <button
                    type="button"
                    data-mark
                    {...itemProps(place)}
                    aria-label={cellText(place)}
                    aria-current={place === present ? "time" : undefined}
                    onFocus={() => onRead(place)}
                    onBlur={() => onRead(null)}
                    style={
                      cell.average === null ? undefined : shadeOf(levelOf(cell.average, highest))
                    }
                    className={cn(
                      "block h-5 w-full rounded-[3px] sm:h-6 sm:rounded-[5px]",
                      lookOf(cell),
                      place === present && "outline-2 -outline-offset-1 outline-ink",
                    )}
                  />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function lookOf({ average, isOpen }: Cell): string {
  if (isOpen) return "border border-line";
  return average === null ? "hatched-soft" : "heat";
}

/** The hours above the columns; every third one in sight. */
function HourNames() {
  return (
    <thead>
      <tr>
        <td className="w-10 sm:w-14" />
        {Array.from({ length: HOURS }, (_, hour) => hourText(hour)).map((name, hour) => (
          <th
            key={name}
            scope="col"
            className="relative h-4 overflow-visible p-0 text-left text-2xs font-normal text-faint figure-nums"
          >
            <span
              className={cn(
                "absolute top-0 left-0",
                hour % NAMED !== 0 ? "sr-only" : hour % (2 * NAMED) !== 0 && "big:sr-only",
              )}
            >
              {name.slice(0, 2)}
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}
