import type { Like } from "../../catalogue";
import type { cookieEntry as english } from "../../en/cookieEntry";
import { dialog } from "./dialog";
import { firstVisit } from "./firstVisit";
import { refusals } from "./refusals";

export const cookieEntry: Like<typeof english> = {
  box: {
    label: "Cookie",
    placeholder: "在页面任意位置按 Ctrl V 或 ⌘ V 即可",
    placeholderTouch: "长按此处，再选“粘贴”",
    takes: "支持的格式",
    formats:
      "cURL、PowerShell、fetch 请求，Cookie 请求头，Cookie 扩展的导出，HAR（含敏感数据）和 cookies.txt。",
    privacy: (host) => `加密保存在本机，只会发送给 ${host}。`,
    check: "验证并保存",
    checking: "正在向站点验证…",
    clear: "清空",
  },
  site: {
    label: "站点地址",
    other: "其他…",
    otherLabel: "其他站点地址",
    hint: "以 https:// 开头的地址，例如 https://www.aicodemirror.ai",
    use: (host) => `改用 ${host}`,
    otherHost: (host) => `复制的内容来自 ${host}。`,
  },
  verdict: {
    valid: "登录 Cookie 验证通过。",
    unverified: "登录 Cookie 已保存，尚未验证。",
    found: (names) => (names.length ? "包含的 Cookie：" : "未找到任何 Cookie 名称。"),
    place: (line, column) => `第 ${line} 行，第 ${column} 个字符`,
    show: "定位",
    force: "仍然使用",
    withoutCheck: "不验证，直接保存",
    retry: "重试",
  },
  previousKept: "已保存的 Cookie 没有改动。",
  worker: {
    text: "之前使用此地址的程序留下了 Service Worker，可能会读取你粘贴的 Cookie。",
    remove: "移除并重新加载",
  },
  ...firstVisit,
  refusals,
  dialog,
};
