import type { Like } from "../../catalogue";
import type { refusals as english } from "../../en/cookieEntry/refusals";

export const refusals: Like<typeof english> = {
  cookie_empty: {
    title: "粘贴的内容为空",
    mend: "请重新选择“以 cURL 格式复制”，再粘贴到这里。",
  },
  cookie_control_character: {
    title: "Cookie 中有换行或不可见字符",
    mend: "终端或聊天软件可能会拆断内容，请直接从浏览器重新复制。",
  },
  cookie_non_ascii: {
    title: "Cookie 中有无效字符",
    mend: "内容在途中被截断（…）或改动，请重新“以 cURL 格式复制”。",
  },
  cookie_too_large: {
    title: "内容过大，不是单个 Cookie",
    mend: "请只复制 usage 这一个请求（不超过 64 KiB），不要复制整个列表。",
  },
  no_cookie_in_snippet: {
    title: "未找到该站点的 Cookie",
    mend: "请登录站点，再用“以 cURL 格式复制”复制 usage 请求。",
  },
  session_cookie_missing: {
    title: "未找到登录 Cookie",
    mend: "请从“网络”面板复制请求：document.cookie 等脚本读不到登录 Cookie（HttpOnly）。",
  },
  session_cookie_incomplete: {
    title: "登录 Cookie 不完整",
    mend: "较长的登录 Cookie 会分段保存（….session-token.0、.1），请用“以 cURL 格式复制”复制整个请求。",
  },
  cookie_ambiguous: {
    title: "包含多个不同的 Cookie",
    mend: "请只复制一个请求，再单独粘贴。",
  },
  cookie_expired: {
    title: "登录已过期",
    mend: "已超过 Cookie 自带的有效期。请重新登录站点，再复制一次。",
  },
  cookie_rejected: {
    title: "站点返回登录已失效",
    mend: "Cookie 可以识别，但站点不接受。请重新登录，再复制新的请求。",
  },
  cannot_verify: {
    title: "暂时无法验证 Cookie",
    mend: "站点没有响应。请重试，或直接保存，首次查询时再验证。",
  },
};
