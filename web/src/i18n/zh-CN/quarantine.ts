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
    "the answer is no list of rows": "整个返回内容：不是请求列表",
    "the row is not an object": "不是请求，而是别的内容",
    "the row holds NaN or Infinity, which are no JSON numbers":
      "含有 NaN 或 Infinity，不是有效数字",
    "the row is longer than 65,536 characters": "超过 65,536 个字符",
    "id: not an integer of 64 bits": "编号（id）缺失或不是整数",
    "type: not a text": "类型（type）缺失或不是文本",
    "endpoint: not a text": "接口（endpoint）缺失或不是文本",
    "model: not a text": "模型（model）不是文本",
    "createdAt: missing or not a moment": "时间（createdAt）缺失或不是时间",
    "createdAt: not an ISO 8601 moment with its zone": "时间（createdAt）无法读取，或没有注明时区",
    "createdAt: not between the year 2020 and tomorrow": "时间（createdAt）早于 2020 年或晚于明天",
    "creditsUsed: not a decimal number": "积分（creditsUsed）缺失或不是数字",
    "credits: not a decimal number": "含有无法读取的数字",
    "credits: not a finite number": "含有超出范围的数字",
    "credits: smaller than any number an IEEE double can hold": "含有过小的数字",
    "credits: the number is longer than 64 characters": "含有超过 64 个字符的数字",
  },
};
