import type { Like } from "../catalogue";
import type { cookieEntry as english } from "../en/cookieEntry";

export const cookieEntry: Like<typeof english> = {
  welcome: {
    title: "把你的积分变成一条实时曲线",
    intro: "CreditCurve 用你自己的登录 Cookie 读取 AICodeMirror 的用量。只需三步，大约一分钟。",
    readyTitle: "准备就绪",
    readyIntro: "接下来它会自动运行。页面顶部也有同一个开关。",
    start: "开始采集",
    startHint: (interval) => `每 ${interval} 向站点查询一次新请求，随时可以停止。`,
  },
  steps: {
    label: "如何获取 Cookie",
    open: {
      title: "打开用量页面",
      text: "在电脑的浏览器中登录 AICodeMirror。",
      link: "前往用量页面",
      address: "aicodemirror.com/dashboard/usage",
    },
    copy: {
      title: "复制一个请求",
      text: "按 F12，选择「网络」并刷新页面。右键点击名为「usage」的一行，选择「复制 → 以 cURL 格式复制」。",
    },
    paste: {
      title: "粘贴到这里",
      text: "原样粘贴到下面的输入框即可，CreditCurve 会自己找到其中的 Cookie。",
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
      valid: "有效",
    },
  },
  box: {
    label: "Cookie",
    placeholder: "在此粘贴：Ctrl V 或 ⌘ V",
    takes:
      "支持 cURL、PowerShell 或 fetch 格式的请求、Cookie 请求头、Cookie 扩展的导出内容、HAR 以及 cookies.txt。",
    privacy: "Cookie 加密保存在本机，只会发送给 aicodemirror.com。",
    check: "验证并保存",
    checking: "已识别，正在向站点验证…",
    clear: "清空",
  },
  verdict: {
    valid: "已找到登录 Cookie，验证通过，有效。",
    unverified: "登录 Cookie 已保存，尚未验证。",
    found: (names) => (names.length ? "找到了以下 Cookie：" : "其中没有找到任何 Cookie 名称。"),
    place: (line, column) => `位置：第 ${line} 行，第 ${column} 个字符。`,
    show: "定位到该处",
    force: "仍然使用它",
    withoutCheck: "不验证，直接保存",
    retry: "重试",
  },
  refusals: {
    cookie_empty: {
      title: "内容是空的",
      mend: "复制到的内容为空。请重新复制请求（以 cURL 格式复制），再粘贴到这里。",
    },
    cookie_control_character: {
      title: "Cookie 中间有换行或其他不可见字符",
      mend: "多半是被终端或聊天软件拆断了。请直接从浏览器中重新完整复制。",
    },
    cookie_non_ascii: {
      title: "其中有 Cookie 不可能包含的字符",
      mend: "出现省略号（…）或弯引号，说明内容在途中被截断或改动了。请重新完整复制，推荐使用「以 cURL 格式复制」。",
    },
    cookie_too_large: {
      title: "内容过大，不会是一个 Cookie",
      mend: "单个请求不会超过 64 KiB。请只复制「usage」这一行，而不是整个列表。",
    },
    no_cookie_in_snippet: {
      title: "其中没有该站点的 Cookie",
      mend: "内容可以识别，但不含 aicodemirror.com 的 Cookie。请登录后选择站点自己的请求。Chrome 的「以 cURL 格式复制」带有 Cookie，「已清理」的 HAR 则没有。",
    },
    session_cookie_missing: {
      title: "其中没有登录 Cookie",
      mend: "登录 Cookie（__Secure-authjs.session-token）带有 HttpOnly 标记，document.cookie 之类的脚本看不到它。请改从「网络」面板复制请求。",
    },
    session_cookie_incomplete: {
      title: "登录 Cookie 缺了一段",
      mend: "较长的登录 Cookie 会拆成带编号的几段（….session-token.0、.1）。请用「以 cURL 格式复制」把同一请求的全部 Cookie 一起复制。",
    },
    cookie_ambiguous: {
      title: "其中有不止一个 Cookie",
      mend: "里面有几个互不相同的 Cookie，无法判断该用哪一个。请只复制一个请求，单独粘贴。",
    },
    cookie_expired: {
      title: "其中的登录已过期",
      mend: "按它自带的日期，已经过了有效期。请重新登录站点，再重新复制。",
    },
    cookie_rejected: {
      title: "站点不接受这个 Cookie",
      mend: "内容识别无误，但站点表示登录已结束。请重新登录后再复制；之前保存的 Cookie 没有改动。",
    },
    cannot_verify: {
      title: "暂时无法验证 Cookie",
      mend: "内容识别无误，但站点没有给出答复。请稍后重试，或不验证直接保存：届时会随第一次请求一起验证。",
    },
  },
  dialog: {
    died: "Cookie 已失效",
    diedText: (reason, at) => `${reason}时间是 ${at}。采集已停止，已保存的数据没有丢失。`,
    reasons: {
      unauthorized: "站点答复登录已结束（401）。",
      login_redirect: "站点跳转到了登录页面。",
      login_page: "站点返回的是登录页面。",
      other: "站点不再接受该登录。",
    },
    unreadable: "请重新粘贴 Cookie",
    unreadableText:
      "加密 Cookie 的密钥已不存在，无法读取已保存的 Cookie。粘贴新的 Cookie 后会继续采集，历史数据完好无损。",
    forbidden: "站点拒绝了该账号或网络地址",
    forbiddenText: (at) =>
      `自 ${at} 起，站点答复「禁止访问」（403），采集已关闭。这并不说明 Cookie 有问题，已保存的数据也没有丢失。`,
    forbiddenMend:
      "请在这台机器的浏览器中打开站点，看看能否正常使用：可能是账号被锁定，或网络地址被拒绝。然后重新开始，或粘贴另一个登录的 Cookie。",
    startAgain: "重新开始采集",
    replace: "更换 Cookie",
    replaceText: "新的 Cookie 验证有效之前，现有的会一直保留。",
    give: "粘贴你的 Cookie",
    sameAgain: "用同一个 Cookie 再试一次",
    sameRefused: "刚刚试过：站点仍然拒绝它。",
    sameFailed: (reason) => `暂时无法验证：${reason}`,
    notNow: "以后再说",
    howTo: "如何获取新的 Cookie",
  },
  demo: {
    link: "先用演示数据看看",
    text: "演示会另外运行，使用模拟站点和一天的虚构历史。在终端中启动：",
    installed: "已安装",
    source: "在源码目录中",
    copy: (command) => `复制「${command}」`,
    copied: "已复制",
  },
};
