import type { Like } from "../../catalogue";
import type { dialog as english } from "../../en/cookieEntry/dialog";

export const dialog: Like<typeof english> = {
  died: "登录已失效",
  diedText: (reason, at) => `${reason}（${at}）。采集已停止，已保存的数据都在。`,
  reasons: {
    unauthorized: "站点返回 401",
    login_redirect: "站点跳转到了登录页",
    login_page: "站点返回的是登录页",
    other: "站点不再接受该登录",
  },
  unreadable: "请重新粘贴 Cookie",
  unreadableText: "加密 Cookie 的密钥已丢失，无法读取。粘贴新的 Cookie 后继续采集，历史数据完好。",
  forbidden: "站点拒绝了该账号或网络地址",
  forbiddenText: (at) => `自 ${at} 起站点返回 403。采集已停止，已保存的数据都在。`,
  forbiddenMend:
    "请在本机浏览器中打开站点。如果可以正常使用，请重新开始采集；否则请粘贴另一个登录的 Cookie。",
  startAgain: "重新开始采集",
  replace: "更换 Cookie",
  replaceText: "新的 Cookie 验证通过之前，会继续使用当前的 Cookie。",
  give: "粘贴你的 Cookie",
  sameAgain: "用原来的 Cookie 再试",
  sameRefused: "刚刚验证：站点仍然不接受。",
  sameFailed: (reason) => `未能验证：${reason}`,
  notNow: "稍后",
  howTo: "如何获取新的 Cookie",
};
