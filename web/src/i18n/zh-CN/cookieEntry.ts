import type { Like } from "../catalogue";
import type { cookieEntry as english } from "../en/cookieEntry";

export const cookieEntry: Like<typeof english> = {
  welcome: {
    title: "实时查看积分消耗",
    intro: "用你的登录 Cookie 读取 AICodeMirror 的用量，约 2 分钟。",
    readyTitle: "Cookie 可用",
    uncheckedTitle: "Cookie 已保存",
    readyIntro: "还差一步：点击开始采集，最近的请求几秒内就会出现。",
    start: "开始采集",
    startHint: (interval) => `每 ${interval}自动查询一次，可随时在顶部暂停`,
    login: "登录",
    verified: "已通过站点验证",
    unverified: "尚未验证",
    expires: "登录有效期至",
    site: "站点",
    stored: "保存位置",
    storedValue: "本机，已加密",
    another: "换一个 Cookie",
  },
  steps: {
    label: "如何获取 Cookie",
    open: {
      title: "打开用量页面",
      text: "在电脑浏览器中登录 AICodeMirror。",
      link: "前往用量页面",
    },
    copy: {
      title: "复制一个请求",
      text: "按 F12 打开“网络”并刷新，右键点击 usage，选择“复制 → 以 cURL 格式复制”。",
    },
    paste: {
      title: "粘贴到这里",
      text: "整段粘贴即可，会自动找出其中的 Cookie。",
    },
    pictures: {
      usage: "用量",
      elements: "元素",
      console: "控制台",
      network: "网络",
      name: "名称",
      status: "状态",
      open: "在新标签页中打开",
      copy: "复制",
      copyUrl: "复制网址",
      copyCurl: "以 cURL 格式复制",
      copyFetch: "以 fetch 格式复制",
    },
  },
  box: {
    label: "Cookie",
    placeholder: "在页面任意位置按 Ctrl V 或 ⌘ V 即可",
    takes: "支持的格式",
    formats: "cURL、PowerShell、fetch 请求，Cookie 请求头，Cookie 扩展的导出，HAR 和 cookies.txt。",
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
  refusals: {
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
      mend: "请登录站点，再用“以 cURL 格式复制”复制 usage 请求。“已清理”的 HAR 不含 Cookie。",
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
  },
  previousKept: "已保存的 Cookie 没有改动。",
  dialog: {
    died: "登录已失效",
    diedText: (reason, at) => `${reason}（${at}）。采集已停止，已保存的数据都在。`,
    reasons: {
      unauthorized: "站点返回 401",
      login_redirect: "站点跳转到了登录页",
      login_page: "站点返回的是登录页",
      other: "站点不再接受该登录",
    },
    unreadable: "请重新粘贴 Cookie",
    unreadableText:
      "加密 Cookie 的密钥已丢失，无法读取。粘贴新的 Cookie 后继续采集，历史数据完好。",
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
  },
  worker: {
    text: "之前使用此地址的程序留下了 Service Worker，可能会读取你粘贴的 Cookie。",
    remove: "移除并重新加载",
  },
  demo: {
    question: "想先看看效果？",
    link: "用演示数据看看",
    hint: "使用模拟站点和虚构的请求，不影响你自己的数据。",
  },
};
