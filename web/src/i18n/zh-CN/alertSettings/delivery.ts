import type { Like } from "../../catalogue";
import type { delivery as english } from "../../en/alertSettings/delivery";

export const delivery: Like<typeof english> = {
  title: "送达方式",
  quiet: "免打扰",
  quietHint: "只发紧急提醒，其余在结束后汇总成一条。",
  from: "开始",
  to: "结束",
  digest: "每日摘要",
  digestHint: "昨日各模型和 Key 的用量、余额、预计与完整度。",
  digestAt: "摘要时间",
  pageUrl: "本页地址",
  pageUrlHint: "消息中的链接会打开它。留空则使用 CreditCurve 的监听地址。",
  pageUrlRefused: "请输入以 http:// 或 https:// 开头的地址。",
  takeThis: (address) => `使用 ${address}`,
  note: (zone) => `时间按时区 ${zone}；消息使用设置中的语言。`,
};
