import { plural } from "../../catalogue";

/** Texts of the range, the grouping and the completeness. */
export const toolbar = {
  range: {
    label: "Range",
    hours: (hours: number) => `${hours} h`,
    /** Where there is little room. */
    hoursShort: (hours: number) => `${hours}h`,
    days: (days: number) => `${days} d`,
    hoursLong: (hours: number) => `Last ${hours} ${plural(hours, "hour", "hours")}`,
    daysLong: (days: number) => `Last ${days} days`,
    periods: { today: "Today", yesterday: "Yesterday", week: "This week" },
    /** It contains the text of the button, as speech control needs it. */
    more: "Custom and more ranges",
    custom: "Custom",
    customTitle: "Custom range",
    from: "From",
    to: "To",
    apply: "Show",
    order: "The start must be before the end.",
    unreadable: "Not a valid date and time.",
  },
  groups: {
    label: "Compare",
    model: "Model",
    byModel: "By model",
    key: "Key",
    byKey: "By API key",
  },
  unreadable: (shown: string, count: number) =>
    `${shown} unreadable ${plural(count, "row", "rows")}`,
  complete: {
    label: "Complete",
    share: (share: string, gaps: number) =>
      `${share} complete · ${gaps} ${plural(gaps, "gap", "gaps")}`,
    differs: (hours: number) => `${hours} ${plural(hours, "hour differs", "hours differ")}`,
    whole: "Collected without a gap.",
    missed: (credits: string) =>
      `In full hours with a gap, the site counts ${credits} more than the records here.`,
    gaps: {
      not_collecting: (count: number, length: string) =>
        `Not collecting: ${length} in ${count} ${plural(count, "gap", "gaps")}`,
      scheduled: (count: number, length: string) =>
        `Paused by schedule: ${length} in ${count} ${plural(count, "gap", "gaps")}`,
      possible_loss: (count: number, length: string) =>
        `May be incomplete: ${length} in ${count} ${plural(count, "gap", "gaps")}`,
      other_unit: (_count: number, length: string) =>
        `Billed in another unit: ${length}, not added`,
    },
  },
  reconciled: {
    score: (agree: number, hours: number) =>
      `Matches the site's hourly totals: ${agree} of ${hours} full ${plural(hours, "hour", "hours")}`,
    differs: (hour: string, theirs: string, ours: string) =>
      `Hour from ${hour}: site ${theirs}, here ${ours}`,
    inGap: (count: number) =>
      `${count} more ${plural(count, "differs", "differ")} because of a gap`,
    unit: (factor: string) => `The site counts ${factor} per credit; converted.`,
    read: (at: string) => `Checked ${at}`,
  },
};
