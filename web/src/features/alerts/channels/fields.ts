/**
 * The fields of each kind of channel, and the address and secret that they make. Addresses are
 * the form that the server documents for the kind.
 */
import type { Channel, ChannelKind } from "@/api/alerts";
import type { AlertSettingsTexts } from "../settingsTexts";

type FieldName =
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
const SERVERS = {
  telegram: "https://api.telegram.org",
  serverchan: "https://sctapi.ftqq.com",
  pushplus: "https://www.pushplus.plus",
  wxpusher: "https://wxpusher.zjiecode.com",
};

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

/** Return the fields that are empty although they are needed; those of a stored channel are kept. */
export function missingFields(
  kind: ChannelKind,
  values: Values,
  stored?: Pick<Channel, "has_secret">,
): readonly FieldName[] {
  const isKept = stored !== undefined && !hasAddress(kind, values);
  return FORMS[kind].fields
    .filter(({ isOptional, isSecret }) => !isOptional && !(isSecret ? stored?.has_secret : isKept))
    .filter(({ name }) => !values[name]?.trim())
    .map(({ name }) => name);
}

/** Return what changes of a stored channel: without new values, address and secret are kept. */
export function changesOf(kind: ChannelKind, values: Values) {
  const { url, secret: entered } = targetOf(kind, values);
  return {
    ...(hasAddress(kind, values) && url !== null && { url }),
    ...(entered !== null && { secret: entered }),
  };
}

/** Whether the values make an address; that of ServerChan depends on its key. */
function hasAddress(kind: ChannelKind, values: Values): boolean {
  return FORMS[kind].fields.some(
    ({ name, isSecret }) => (!isSecret || kind === "serverchan") && values[name]?.trim(),
  );
}

/** Return what is sent to the server; `url` is null for a kind without an address. */
export function targetOf(kind: ChannelKind, values: Values) {
  const trimmed: Values = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.trim()]),
  );
  return { url: FORMS[kind].addressOf(trimmed) || null, secret: trimmed.secret || null };
}

function serverOf(own: string | undefined, usual: string): string {
  return (own || usual).replace(/\/+$/, "");
}

/** The app copies an example with a text behind the device's key. */
function barkAddress(copied: string): string {
  return /^https:\/\/api\.day\.app\/[^/?#]+/.exec(copied)?.[0] ?? copied;
}

/** A key of the third version names the number of its own server. */
function serverchanServer(key: string): string {
  const [, number] = /^sctp(\d+)t/.exec(key) ?? [];
  return number ? `https://${number}.push.ft07.com/send` : SERVERS.serverchan;
}

function mailAddress({ host = "", security, user, from, to = "" }: Values): string {
  const scheme = security || "smtps";
  const login = user ? `${encodeURIComponent(user)}@` : "";
  const query = new URLSearchParams({ from: from || user || to });
  for (const receiver of to.split(/[\s,;]+/).filter(Boolean)) query.append("to", receiver);
  return `${scheme}://${login}${host}/?${query}`;
}
