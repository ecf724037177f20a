import { useMemo } from "react";
import { useFormat } from "@/i18n";
import { type Cell, HOURS } from "./heat";
import { useDaysTexts } from "./texts";

/** A Monday, for the names of weekdays. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export function useWeekdays(): readonly string[] {
  const { locale } = useFormat();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
    return Array.from({ length: 7 }, (_, day) => format.format(MONDAY + day * DAY_MS));
  }, [locale]);
}

export function hourText(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

/** Return a function that puts a cell into words: "Tue 14:00–15:00 · 1,234 / h · average of 4 hours". */
export function useCellText(rows: readonly (readonly Cell[])[]): (place: number) => string {
  const texts = useDaysTexts();
  const format = useFormat();
  const weekdays = useWeekdays();
  return (place) => {
    const [day, hour] = [Math.floor(place / HOURS), place % HOURS];
    const cell = rows[day]?.[hour];
    const name = `${weekdays[day]} ${hourText(hour)}–${hourText(hour + 1)}`;
    if (!cell || cell.isOpen) return `${name} · ${texts.notOver}`;
    if (cell.average === null) return `${name} · ${texts.noHour}`;
    const average = texts.reading(format.amount(Math.round(cell.average)));
    return `${name} · ${average} · ${texts.hours(cell.count)}`;
  };
}
