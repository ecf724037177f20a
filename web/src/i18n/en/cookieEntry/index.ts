import { plural } from "../../catalogue";
import { dialog } from "./dialog";
import { firstVisit } from "./firstVisit";
import { refusals } from "./refusals";

/** All texts of entering a cookie: the first visit, the paste box, the dialog. */
export const cookieEntry = {
  box: {
    label: "Cookie",
    placeholder: "Press Ctrl V or ⌘ V anywhere on this page",
    placeholderTouch: "Touch and hold here, then choose Paste",
    takes: "Supported formats",
    formats:
      "cURL, PowerShell or fetch requests, a Cookie header, cookie extension exports, HAR (exported with sensitive data) and cookies.txt.",
    privacy: (host: string) => `Encrypted on this machine. Only ever sent to ${host}.`,
    check: "Check and save",
    checking: "Checking with the site…",
    clear: "Clear",
  },
  site: {
    label: "Site address",
    other: "Other…",
    otherLabel: "Another site address",
    hint: "https:// and the host name, for example https://www.aicodemirror.ai",
    use: (host: string) => `Use ${host}`,
    otherHost: (host: string) => `This copy is from ${host}.`,
  },
  verdict: {
    valid: "Login cookie found and verified.",
    unverified: "Login cookie saved, not checked yet.",
    found: (names: readonly string[]) =>
      names.length
        ? `${plural(names.length, "Cookie", "Cookies")} found:`
        : "No cookie names found.",
    place: (line: number, column: number) => `Line ${line}, character ${column}`,
    show: "Jump to it",
    force: "Use it anyway",
    withoutCheck: "Save without checking",
    retry: "Try again",
  },
  /** Only where a cookie was saved before. */
  previousKept: "The saved cookie was not changed.",
  worker: {
    text: "Another program that used this address left a service worker, which could read the cookie you paste.",
    remove: "Remove it and reload",
  },
  ...firstVisit,
  refusals,
  dialog,
};
