import type { Like } from "../../catalogue";
import type { models as english } from "../../en/dashboard/models";

export const models: Like<typeof english> = {
  panels: { label: "详细数据", models: "模型", keys: "API Key", records: "请求明细" },
  models: {
    noKey: "无 Key",
    others: (count) => `其他 ${count} 个`,
    caption: { model: "所选范围内各模型的用量", api_key: "可见范围内各 API Key 的用量" },
    head: { model: "模型", api_key: "API Key" },
    requests: "请求数",
    amounts: { credits: "积分", yuan: "金额" },
    share: "占比",
    average: "平均",
    median: "中位数",
    p95: "P95",
    p95Long: "95 分位数：每 20 次请求中有 19 次不超过该值",
    last: "最近请求",
    trend: "趋势",
    trendOf: (model) => `${model} 在所选范围内的用量`,
    show: (model) => `在图中显示 ${model}`,
    none: "该范围内没有请求",
    atLeast: "请求数和用量至少为表中数值：该范围的数据不完整。",
    sumsKept: "没有中位数：该范围的请求明细已删除，仅保留汇总。",
  },
};
