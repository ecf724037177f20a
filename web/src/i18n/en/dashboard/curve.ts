import { plural } from "../../catalogue";

/** Texts of the curve. */
export const curve = {
  title: "Spend over time",
  views: "View",
  days: "Per day",
  requests: "Requests",
  interval: "Per interval",
  total: "Cumulative",
  /** Where there is little room. */
  short: { days: "Days", requests: "Requests", interval: "Interval", total: "Total" },
  forms: "Arrangement",
  form: { together: "Together", rows: "By model", lines: "Lines", bars: "Stacked" },
  notes: {
    requests: "One point per request · lines join requests up to 2 min apart · square-root scale",
    interval: "Total per interval",
    total: "Adds up from the start of the range",
    sumsBefore: (moment: string) => `only totals before ${moment}`,
    sums: (bucket: string) => `Too many requests to draw one by one: total per ${bucket}`,
  },
  unit: {
    request: (unit: string) => `${unit} per request`,
    day: (unit: string) => `${unit} per day`,
    hour: (unit: string) => `${unit} per hour`,
    minute: (unit: string) => `${unit} per minute`,
    interval: (unit: string, interval: string) => `${unit} per ${interval}`,
    since: (unit: string, moment: string) => `${unit} since ${moment}`,
  },
  ends: {
    lastRequest: "Last request",
    lastInSight: "Last in view",
    interval: "Last interval",
    thisInterval: "This interval so far",
    now: "Now",
  },
  now: "now",
  soFar: "so far",
  isPart: "partly in range",
  requestCount: (count: number) => `${count} ${plural(count, "request", "requests")}`,
  several: (count: number, highest: string) => `${count} ×, up to ${highest}`,
  chart: "Spend over time, by model",
  chartByKey: "Spend over time, by API key",
  keys: "Arrow keys move the crosshair, plus and minus zoom, Escape shows the whole range.",
  summary: (requests: string, credits: string, last: string, value: string) =>
    `${requests} requests, ${credits}, last ${last}: ${value}.`,
  summaryNone: "No requests in this range.",
  sumsBefore: (moment: string) => `Before ${moment} only totals are stored.`,
  gapsNote: (count: number) => `${count} ${plural(count, "gap", "gaps")}.`,
  difference: (more: string) => `site ${more}`,
  differs: (hour: string, theirs: string, ours: string) =>
    `In the hour from ${hour} the site counts ${theirs}, the records here ${ours}.`,
  gap: (what: string, from: string, to: string) => `${what} from ${from} to ${to}.`,
  resetZoom: "Reset zoom",
  tooltipTotal: "Total",
  comparison: "Compare with",
  usual: "usual (P25–P75)",
  gaps: {
    not_collecting: "Not collecting",
    scheduled: "Paused by schedule",
    possible_loss: "May be incomplete",
    other_unit: "Billed in another unit",
  },
  legend: "Models",
  legendHint: "Click to hide or show; double-click (Shift+Enter) to show only this one",
  showAll: "Show all",
  empty: "No requests",
  unwatched: "Nothing was collected here",
  emptyDetail: {
    watched: (from: string, to: string) => `${from} – ${to}, collected throughout.`,
    partly: (from: string, to: string) =>
      `${from} – ${to}. Part of it was not collected, so requests may be missing.`,
    unwatched: (from: string, to: string) =>
      `${from} – ${to}: collecting was off, so requests may be missing.`,
  },
  uncounted: "Only requests that do not count",
  uncountedDetail: (from: string, to: string) =>
    `${from} – ${to}: requests were made, but none of a kind that counts as credits used.`,
  showUncounted: "Show requests",
  allHidden: "All models are hidden",
  start: "Start collecting",
  wider: "Show 24 h",
  failed: (reason: string) => `The curve could not be loaded: ${reason}`,
};
