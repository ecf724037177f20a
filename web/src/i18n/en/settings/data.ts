import { plural } from "../../catalogue";

/** Texts of the stored data. */
export const data = {
  stored: "Saved requests",
  storedValue: (total: string, counted: string) => `${total} (${counted} counted)`,
  quarantined: "Unreadable rows",
  quarantinedHint: "Rows from the site that could not be read; they are kept.",
  since: "Since",
  look: (count: number) => `View ${count} unreadable ${plural(count, "row", "rows")}`,
  lookShort: "View",
  sums: "Totals only",
  sumsBefore: (moment: string) => `before ${moment}`,
  removed: (count: string, isOne: boolean) =>
    `${count} ${isOne ? "request was" : "requests were"} deleted; totals are kept.`,
  size: "Size on disk",
  keep: "Retention",
  keepHint: "Older requests are deleted; totals are kept.",
  keepAll: "Forever",
  keepDays: (days: number) => `${days} ${plural(days, "day", "days")}`,
  days: "Days",
  daysHint: "A whole number from 1 to 36,500.",
  removeQuestion: (count: string, isOne: boolean, before: string) =>
    isOne
      ? `Delete 1 request before ${before}? This cannot be undone.`
      : `Delete ${count} requests before ${before}? This cannot be undone.`,
  removeDetail:
    "Totals per 15 minutes are kept. Time, credits and status of each request are deleted.",
  removeYes: "Delete requests",
  export: "Export",
  exportHint: "All saved requests.",
  exportFrom: (before: string) =>
    `All saved requests. Requests before ${before} were deleted and are not included.`,
  exportAs: (format: string) => `Export as ${format}`,
  backup: "Backup",
  backupHint: "A full copy of the database, without the cookie.",
  copy: (command: string) => `Copy “${command}”`,
  copied: "Copied",
};
