import { useMemo } from "react";
import { useFormat } from "@/i18n";

export interface DayNames {
  /** `11-17`, `Nov 17` */
  readonly short: (t: number) => string;
  /** `11/17`, for where there is little room. */
  readonly numeric: (t: number) => string;
  /** `Tue` */
  readonly weekday: (t: number) => string;
  /** `Tue, Nov 17` */
  readonly long: (t: number) => string;
  readonly dayOfMonth: (t: number) => number;
}

/** The names of days in the user's language and zone. */
export function useDayNames(): DayNames {
  const { locale, zone: timeZone } = useFormat();
  return useMemo(() => {
    const form = (options: Intl.DateTimeFormatOptions, language: string = locale) => {
      const format = new Intl.DateTimeFormat(language, { timeZone, ...options });
      return (t: number) => format.format(t);
    };
    const day = form({ day: "numeric" }, "en");
    return {
      short: form({ month: "short", day: "numeric" }),
      numeric: form({ month: "numeric", day: "numeric" }),
      weekday: form({ weekday: "short" }),
      long: form({ weekday: "short", month: "short", day: "numeric" }),
      dayOfMonth: (t) => Number(day(t)),
    };
  }, [locale, timeZone]);
}
