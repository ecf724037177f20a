import { useLocale } from "@/i18n";
import { DAY_MS } from "@/lib/time";
import { useSettingsTexts } from "./texts";

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** A Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1);

interface Props {
  /** 1 is Monday. */
  readonly days: readonly number[];
  readonly onChange: (days: readonly number[]) => void;
}

/** The days of the week, each on or off; the last one stays on. */
export function Weekdays({ days, onChange }: Props) {
  const { schedule } = useSettingsTexts();
  const locale = useLocale();
  const nameOf = (day: number, weekday: "long" | "narrow") =>
    new Intl.DateTimeFormat(locale, { weekday, timeZone: "UTC" }).format(
      MONDAY_MS + (day - 1) * DAY_MS,
    );
  const toggle = (day: number) => {
    const changed = days.includes(day) ? days.filter((one) => one !== day) : [...days, day];
    if (changed.length > 0) onChange(changed.toSorted((one, other) => one - other));
  };
  return (
    <fieldset aria-label={schedule.days} className="flex min-w-0 gap-1">
      {DAYS.map((day) => (
        <label
          key={day}
          className="touchable relative inline-flex h-8 flex-1 items-center justify-center rounded-lg border border-line text-sm text-muted select-none hover:bg-hover has-checked:border-accent has-checked:bg-accent has-checked:text-accent-ink forced-colors:has-checked:border-2 forced-colors:has-checked:underline"
        >
          <input
            type="checkbox"
            aria-label={nameOf(day, "long")}
            checked={days.includes(day)}
            onChange={() => toggle(day)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-lg"
          />
          <span className="pointer-events-none">{nameOf(day, "narrow")}</span>
        </label>
      ))}
    </fieldset>
  );
}
