import { useFormat } from "@/i18n";
import type { Week } from "./days";
import { type DaysTexts, useDaysTexts } from "./texts";

/** The width of a week's name and sum, in days of a phone and of a wide page. */
const LEAST_DAYS = 2;

/** The weeks above the bars, with their sums. */
export function Weeks({ weeks }: { weeks: readonly Week[] }) {
  const texts = useDaysTexts();
  const format = useFormat();
  const count = weeks.reduce((sum, { days }) => sum + days, 0);
  return (
    <ol
      data-testid="weeks"
      className="grid text-xs figure-nums"
      style={{ gridTemplateColumns: weeks.map(({ days }) => `${days}fr`).join(" ") }}
    >
      {weeks.map((week, at) => (
        <li
          key={week.from}
          className={`flex min-w-0 flex-col overflow-hidden pb-2 pl-2 whitespace-nowrap ${
            at > 0 ? "border-l border-line" : ""
          }`}
        >
          {week.days >= LEAST_DAYS && count <= 70 && (
            <>
              <span className="truncate text-faint">{weekName(week, texts)}</span>
              <span className="truncate font-semibold">
                {week.isLeast
                  ? texts.least(format.amount(week.credits))
                  : format.amount(week.credits)}
              </span>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

function weekName({ number, days, isNow }: Week, texts: DaysTexts): string {
  if (isNow) return texts.weekNow(number);
  return days < 7 ? texts.weekPart(number, days) : texts.week(number);
}
