import type { Like } from "../catalogue";
import type { quarantine as english } from "../en/quarantine";

export const quarantine: Like<typeof english> = {
  title: "未识别的数据",
  intro:
    "站点返回的、无法识别的数据，最新的在前。这些数据不计入统计；CreditCurve 更新后如能识别，会自动补入。",
  list: "未识别的数据，最新的在前",
  cut: "内容过长，仅保留开头部分。",
  raw: (at, id) => `第 ${id} 条，${at} 收到`,
  copy: "复制",
  copyOf: (at, id) => `复制第 ${id} 条，${at} 收到`,
  copied: "已复制",
  notCopied: "浏览器禁止复制",
  end: (count) => `共 ${count} 条，已全部显示`,
  more: "显示更多",
  none: "没有未识别的数据。",
  failed: "加载失败。",
  failedMore: "无法加载更多。",
  reasons: {
    unknown: "无法识别",
    answer_without_rows: "整个返回内容不是请求列表",
    unknown_envelope: "外层的返回格式未知",
    row_not_an_object: "不是请求",
    row_contains_nan: "含有 NaN 或 Infinity",
    row_too_long: "超过 65,536 个字符",
    id_not_an_integer: "id 缺失或不是整数",
    type_not_a_text: "type 缺失或不是文本",
    endpoint_not_a_text: "endpoint 缺失或不是文本",
    model_not_a_text: "model 不是文本",
    created_at_missing: "createdAt 缺失或不是时间",
    created_at_unreadable: "createdAt 无法识别或没有时区",
    created_at_out_of_range: "createdAt 早于 2020 年或晚于明天",
    credits_not_a_number: "creditsUsed 缺失或不是数字",
    credits_too_large: "creditsUsed 过大",
    credits_too_small: "creditsUsed 过小，无法保存",
    credits_too_long: "creditsUsed 超过 64 位数字",
  },
};
