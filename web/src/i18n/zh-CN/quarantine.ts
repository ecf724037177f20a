import type { Like } from "../catalogue";
import type { quarantine as english } from "../en/quarantine";

export const quarantine: Like<typeof english> = {
  title: "搁置的内容",
  intro:
    "站点返回的、无法识别的内容，最新的在前，按原样显示。它们不计入任何合计；CreditCurve 更新后若能识别，会自动归位。",
  list: "搁置的内容，最新的在前",
  cut: "仅保留开头部分：其余内容过长。",
  raw: (at, id) => `${at} 收到的内容，编号 ${id}`,
  copy: "复制",
  copyOf: (at, id) => `复制 ${at} 收到的内容，编号 ${id}`,
  copied: "已复制",
  notCopied: "浏览器不允许复制",
  end: (count) => `共 ${count} 条，已全部显示`,
  more: "显示更多",
  none: "已没有搁置的内容。",
  failed: "加载失败。",
  failedMore: "无法加载更多。",
  reasons: {
    unknown: "无法识别",
    answer_without_rows: "整个返回内容：不是请求列表",
    unknown_envelope: "请求位于未知格式的返回内容中",
    row_not_an_object: "不是请求，而是别的内容",
    row_contains_nan: "含有 NaN 或 Infinity，不是有效数字",
    row_too_long: "超过 65,536 个字符",
    id_not_an_integer: "编号（id）缺失或不是整数",
    type_not_a_text: "类型（type）缺失或不是文本",
    endpoint_not_a_text: "接口（endpoint）缺失或不是文本",
    model_not_a_text: "模型（model）不是文本",
    created_at_missing: "时间（createdAt）缺失或不是时间",
    created_at_unreadable: "时间（createdAt）无法读取，或没有注明时区",
    created_at_out_of_range: "时间（createdAt）早于 2020 年或晚于明天",
    credits_not_a_number: "积分（creditsUsed）缺失或不是数字",
    credits_too_large: "积分（creditsUsed）过大，不可信",
    credits_too_small: "积分（creditsUsed）的小数过小，无法保存",
    credits_too_long: "积分（creditsUsed）超过 64 位数字",
  },
};
