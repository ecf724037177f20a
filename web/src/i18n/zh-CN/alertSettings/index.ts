import type { Like } from "../../catalogue";
import type { alertSettings as english } from "../../en/alertSettings";
import { channels } from "./channels";
import { delivery } from "./delivery";
import { rules } from "./rules";

export const alertSettings: Like<typeof english> = {
  title: "提醒",
  intro: "不在页面前也能及时收到通知。修改自动保存。",
  failed: "提醒加载失败。",
  required: "必填。",
  refused: {
    url: "请检查地址：须以 https:// 开头，http:// 仅限本机。",
    secret: "更换地址时请同时填写密钥。",
    name: "请输入 64 个字符以内的名称。",
    other: (reason) => `未保存：${reason}`,
  },
  channels,
  ...rules,
  delivery,
};
