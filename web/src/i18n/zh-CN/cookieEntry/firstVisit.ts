import type { Like } from "../../catalogue";
import type { firstVisit as english } from "../../en/cookieEntry/firstVisit";

export const firstVisit: Like<typeof english> = {
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
  demo: {
    question: "想先看看效果？",
    link: "用演示数据看看",
    hint: "使用模拟站点和虚构的请求，不影响你自己的数据。",
  },
};
