import type { Like } from "../catalogue";
import type { cookie as english } from "../en/cookie";

export const cookie: Like<typeof english> = {
  title: "Cookie",
  paste: "粘贴新的 Cookie",
  later: "以后再说",
  died: "Cookie 已失效，采集已停止。已保存的数据是安全的。",
  unreadable: "已保存的 Cookie 无法读取，采集已停止。",
  forbidden: "站点拒绝了该账号或网络地址，采集已关闭。",
  forbiddenAction: "如何处理",
  missing: "没有 Cookie，采集已停止。已保存的数据会保留。",
  missingAction: "粘贴 Cookie",
  expires: (left, at) => `登录将在 ${left}后（${at}）到期。`,
  expired: (at) => `登录本应于 ${at} 到期，随时可能失效。`,
  expiresHint: "请重新登录站点并粘贴新的 Cookie，采集就不会中断。",
  works: "Cookie 有效，采集继续进行。",
  worksWhileOff: "Cookie 有效。",
  untried: "Cookie 已保存，但尚未验证。",
};
