/** The addresses of channels, from the fields of their forms. Each is the form that the server documents. */
import type { Values } from "./forms";

/** The public servers of those kinds that have one. */
export const SERVERS = {
  telegram: "https://api.telegram.org",
  serverchan: "https://sctapi.ftqq.com",
  pushplus: "https://www.pushplus.plus",
  wxpusher: "https://wxpusher.zjiecode.com",
};

export function serverOf(own: string | undefined, usual: string): string {
  return (own || usual).replace(/\/+$/, "");
}

/** The app copies an example with a text behind the device's key. */
export function barkAddress(copied: string): string {
  return /^https:\/\/api\.day\.app\/[^/?#]+/.exec(copied)?.[0] ?? copied;
}

/** A key of the third version names the number of its own server. */
export function serverchanServer(key: string): string {
  const [, number] = /^sctp(\d+)t/.exec(key) ?? [];
  return number ? `https://${number}.push.ft07.com/send` : SERVERS.serverchan;
}

export function mailAddress({ host = "", security, user, from, to = "" }: Values): string {
  const scheme = security || "smtps";
  const login = user ? `${encodeURIComponent(user)}@` : "";
  const query = new URLSearchParams({ from: from || user || to });
  for (const receiver of to.split(/[\s,;]+/).filter(Boolean)) query.append("to", receiver);
  return `${scheme}://${login}${host}/?${query}`;
}
