import { useFormat } from "@/i18n";
import type { Week } from "./days";
import { type DaysTexts, useDaysTexts } from "./texts";

/** The weeks above the bars, with their sums where these fit. */
export function Weeks({ weeks }: { weeks: readonly Week[] }) {
  const texts = useDaysTexts();
  const format = useFormat();
  return (
    <ol
      data-testid="weeks"
      className="grid text-xs figure-nums"
      style={{ gridTemplateColumns: weeks.map(({ days }) => `${days}fr`).join(" ") }}
    >
      {weeks.map((week, at) => (
        <li
          key={week.from}
          className={`@container h-11 min-w-0 overflow-hidden whitespace-nowrap ${
            at > 0 ? "border-l border-line" : ""
          }`}
        >
          <span className="hidden flex-col pl-2 @min-[3.75rem]:flex">
            <span title={weekName(week, texts)} className="truncate text-faint">
              {weekName(week, texts)}
            </span>
            <span className="truncate font-semibold">
              {week.isLeast
                ? texts.least(format.amount(week.credits))
                : format.amount(week.credits)}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function weekName({ number, days, isNow }: Week, texts: DaysTexts): string {
  if (isNow) return texts.weekNow(number);
  return days < 7 ? texts.weekPart(number, days) : texts.week(number);
}
