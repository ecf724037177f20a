import { plural } from "../../catalogue";

/** Texts of the panels below the curve and of the models table. */
export const models = {
  panels: { label: "Details", models: "Models", keys: "API keys", records: "Requests" },
  models: {
    caption: {
      model: "Usage by model in the visible range",
      api_key: "Usage by API key in the visible range",
    },
    head: { model: "Model", api_key: "API key" },
    requests: "Requests",
    amounts: { credits: "Credits", yuan: "Spend" },
    share: "Share",
    average: "Average",
    median: "Median",
    p95: "P95",
    p95Long: "95th percentile: 19 of 20 requests cost no more than this",
    last: "Last",
    trend: "Trend",
    trendOf: (model: string) => `Spend of ${model} over the range`,
    show: (model: string) => `Show ${model} in the chart`,
    none: "No requests in this range",
    noKey: "No key",
    others: (count: number) => `${count} ${plural(count, "other", "others")}`,
    atLeast: "Requests and spend are at least these: the range is not complete.",
    sumsKept: "No median: single requests of this range were deleted; totals are kept.",
  },
};
