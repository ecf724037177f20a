/** The form of each kind of channel: its fields, and the address that they make. */
import type { ChannelKind } from "@/api/alerts";
import type { AlertSettingsTexts } from "../settingsTexts";
import { barkAddress, mailAddress, SERVERS, serverchanServer, serverOf } from "./addresses";

export type FieldName =
  | "url"
  | "secret"
  | "server"
  | "chat"
  | "uid"
  | "host"
  | "security"
  | "user"
  | "from"
  | "to";

export type Values = Readonly<Partial<Record<FieldName, string>>>;

export interface FieldSpec {
  readonly name: FieldName;
  readonly label: keyof AlertSettingsTexts["channels"]["fields"];
  readonly placeholder?: string;
  readonly isOptional?: boolean;
  /** Shown under "More": a public server is the default. */
  readonly isRare?: boolean;
  readonly isSecret?: boolean;
}

interface Form {
  readonly fields: readonly FieldSpec[];
  /** Return the address, from trimmed values. */
  readonly addressOf: (values: Values) => string;
}

const addressOfUrl = ({ url = "" }: Values) => url;

const secret = (label: FieldSpec["label"], isOptional = false): FieldSpec => ({
  name: "secret",
  label,
  isOptional,
  isSecret: true,
});

const url = (label: FieldSpec["label"], placeholder: string): FieldSpec => ({
  name: "url",
  label,
  placeholder,
});

const server = (placeholder: string): FieldSpec => ({
  name: "server",
  label: "server",
  placeholder,
  isOptional: true,
  isRare: true,
});

const FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/…";
const WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…";
const DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=…";
export const FORMS: Readonly<Record<ChannelKind, Form>> = {
  feishu: { fields: [url("url", FEISHU), secret("sign", true)], addressOf: addressOfUrl },
  wecom: { fields: [url("url", WECOM)], addressOf: addressOfUrl },
  dingtalk: { fields: [url("url", DINGTALK), secret("sign", true)], addressOf: addressOfUrl },
  bark: {
    fields: [url("deviceUrl", "https://api.day.app/…")],
    addressOf: ({ url: copied = "" }) => barkAddress(copied),
  },
  ntfy: {
    fields: [url("topicUrl", "https://ntfy.sh/…"), secret("accessToken", true)],
    addressOf: addressOfUrl,
  },
  telegram: {
    fields: [
      secret("botToken"),
      { name: "chat", label: "chat", placeholder: "123456789" },
      server(SERVERS.telegram),
    ],
    addressOf: ({ server: own, chat = "" }) =>
      `${serverOf(own, SERVERS.telegram)}/?${new URLSearchParams({ chat_id: chat })}`,
  },
  serverchan: {
    fields: [secret("sendKey"), server(SERVERS.serverchan)],
    addressOf: ({ server: own, secret: key = "" }) => serverOf(own, serverchanServer(key)),
  },
  pushplus: {
    fields: [secret("token"), server(SERVERS.pushplus)],
    addressOf: ({ server: own }) => serverOf(own, SERVERS.pushplus),
  },
  wxpusher: {
    fields: [
      secret("appToken"),
      { name: "uid", label: "uid", placeholder: "UID_…" },
      server(SERVERS.wxpusher),
    ],
    addressOf: ({ server: own, uid = "" }) =>
      `${serverOf(own, SERVERS.wxpusher)}/?${new URLSearchParams({ uid })}`,
  },
  slack: {
    fields: [url("url", "https://hooks.slack.com/services/…")],
    addressOf: addressOfUrl,
  },
  discord: {
    fields: [url("url", "https://discord.com/api/webhooks/…")],
    addressOf: addressOfUrl,
  },
  webhook: {
    fields: [url("url", "https://example.com/hook"), secret("sign", true)],
    addressOf: addressOfUrl,
  },
  mail: {
    fields: [
      { name: "host", label: "mailServer", placeholder: "smtp.example.com" },
      { name: "security", label: "security", isOptional: true },
      { name: "user", label: "user", placeholder: "you@example.com", isOptional: true },
      secret("password", true),
      { name: "to", label: "to", placeholder: "you@example.com" },
      { name: "from", label: "from", placeholder: "you@example.com", isOptional: true },
    ],
    addressOf: mailAddress,
  },
  browser: { fields: [], addressOf: () => "" },
  apprise: { fields: [url("url", "tgram://…")], addressOf: addressOfUrl },
};

export const KINDS = Object.keys(FORMS) as readonly ChannelKind[];
