import { plural } from "../catalogue";

/** Texts of the days: bars, weeks and the heat map. */
export const days = {
  chart: "Spend per day",
  keys: "Arrow keys move between days, Enter opens a day in the curve.",
  average: (credits: string, days: number) =>
    `Daily average ${credits} · ${days} complete ${plural(days, "day", "days")}`,
  noAverage: "No complete day yet",
  week: (number: number) => `Week ${number}`,
  weekPart: (number: number, days: number) =>
    `Week ${number} · ${days} ${plural(days, "day", "days")}`,
  weekNow: (number: number) => `Week ${number} so far`,
  highest: (credits: string, day: string) => `Highest ${credits} · ${day}`,
  today: "today",
  unfinished: "so far",
  cut: "partly in range",
  least: (credits: string) => `at least ${credits}`,
  covered: (share: string) => `${share} collected`,
  unwatched: "not collected",
  ahead: "not yet",
  notOver: "not over yet",
  requests: (count: string, number: number) => `${count} ${plural(number, "request", "requests")}`,
  open: "Open in the curve",
  legend: "Series",
  total: "Total",
  heat: "When you spend",
  heatUnit: (unit: string) => `average ${unit} per hour`,
  heatKeys: "Arrow keys move between hours.",
  less: "less",
  more: "more",
  noHour: "not collected",
  reading: (average: string) => `${average} / h`,
  hours: (count: number) => `average of ${count} ${plural(count, "hour", "hours")}`,
};
