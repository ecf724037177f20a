import type { Like } from "../catalogue";
import type { cookie as english } from "../en/cookie";

export const cookie: Like<typeof english> = {
  title: "Cookie",
  paste: "粘贴新的 Cookie",
  later: "稍后",
  died: "登录已失效",
  diedDetail: "采集已停止，已保存的数据都在。请粘贴新的 Cookie。",
  unreadable: "无法解密已保存的 Cookie",
  unreadableDetail: "采集已停止，已保存的数据都在。请重新粘贴 Cookie。",
  forbidden: "站点拒绝了该账号或网络地址",
  forbiddenDetail: "采集已停止，已保存的数据都在。",
  forbiddenAction: "如何处理",
  missing: "未设置 Cookie",
  missingDetail: "缺少 Cookie，无法查询。已保存的数据都在。",
  missingAction: "粘贴 Cookie",
  expires: (left, at) => `登录将在 ${left}后失效（${at}）`,
  expired: (at) => `登录已于 ${at} 到期`,
  expiresHint: "请重新登录站点并粘贴新的 Cookie，以免采集中断。",
  works: "Cookie 可用，采集继续。",
  worksWhileOff: "Cookie 可用。",
  untried: "Cookie 已保存，尚未验证。",
};
