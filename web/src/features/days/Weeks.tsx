import { useFormat } from "@/i18n";
import type { Week } from "./days";
import { type DaysTexts, useDaysTexts } from "./texts";

/** The weeks above the bars, with their sums where these fit. */
export function Weeks({ weeks }: { weeks: readonly Week[] }) {
  const texts = useDaysTexts();
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
            <Sum week={week} />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** In short where a week is narrow, as on a phone. */
function Sum({ week: { credits, isLeast } }: { readonly week: Week }) {
  const texts = useDaysTexts();
  const format = useFormat();
  const amount = format.amount(credits);
  const text = isLeast ? texts.least(amount) : amount;
  const shortAmount = format.unit === "yuan" ? amount : format.compact(credits);
  const short = isLeast ? `≥ ${shortAmount}` : shortAmount;
  return (
    <>
      <span className="hidden truncate font-semibold @min-[9rem]:block">{text}</span>
      <span title={text} className="truncate font-semibold @min-[9rem]:hidden">
        {short}
      </span>
    </>
  );
}

function weekName({ number, days, isNow }: Week, texts: DaysTexts): string {
  if (isNow) return texts.weekNow(number);
  return days < 7 ? texts.weekPart(number, days) : texts.week(number);
}
