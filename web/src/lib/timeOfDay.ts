const TYPED = /^(\d{1,2})(?:[:：.]?(\d{2}))?$/;

/** Return a typed text ("7", "730", "7:30") as `HH:MM`, or null if it is no time of day. */
export function timeOfDay(typed: string): string | null {
  const [, hours = "", minutes = "00"] = TYPED.exec(typed.trim()) ?? [];
  if (hours === "" || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, "0")}:${minutes}`;
}
