/** All texts of entering a cookie: the first visit, the paste box, the dialog. */
import { plural } from "../catalogue";

export const cookieEntry = {
  welcome: {
    title: "See your credit use live",
    intro:
      "CreditCurve reads your AICodeMirror usage with your own login cookie. Takes about 2 minutes.",
    readyTitle: "Cookie works",
    uncheckedTitle: "Cookie saved",
    readyIntro: "One click left. Your recent requests appear within seconds.",
    start: "Start collecting",
    startHint: (interval: string) => `Checks every ${interval}; pause any time from the top bar`,
    login: "Login",
    verified: "Verified with the site",
    unverified: "Not checked yet",
    expires: "Login expires",
    site: "Site",
    stored: "Stored",
    storedValue: "This machine, encrypted",
    another: "Use another cookie",
  },
  steps: {
    label: "How to get the cookie",
    open: {
      title: "Open the usage page",
      text: "Sign in to AICodeMirror in a browser on a computer.",
      link: "Open the usage page",
    },
    copy: {
      title: "Copy a request",
      text: "Press F12, open Network and reload. Right-click “usage”, then Copy → Copy as cURL.",
    },
    paste: {
      title: "Paste it here",
      text: "Paste everything; the cookie in it is found automatically.",
    },
    pictures: {
      usage: "Usage",
      elements: "Elements",
      console: "Console",
      network: "Network",
      name: "Name",
      status: "Status",
      open: "Open in new tab",
      copy: "Copy",
      copyUrl: "Copy URL",
      copyCurl: "Copy as cURL",
      copyFetch: "Copy as fetch",
    },
  },
  box: {
    label: "Cookie",
    placeholder: "Press Ctrl V or ⌘ V anywhere on this page",
    takes: "Supported formats",
    formats:
      "cURL, PowerShell or fetch requests, a Cookie header, cookie extension exports, HAR and cookies.txt.",
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
  /** By the code of a refusal: the fault, and the next step in one sentence. */
  refusals: {
    cookie_empty: {
      title: "Nothing was pasted",
      mend: "Copy the request again with Copy as cURL, then paste it here.",
    },
    cookie_control_character: {
      title: "The cookie contains a line break or an invisible character",
      mend: "Copy it again directly from the browser; terminals and chat apps may break it.",
    },
    cookie_non_ascii: {
      title: "The cookie contains an invalid character",
      mend: "It was shortened (…) or changed on the way. Copy it again with Copy as cURL.",
    },
    cookie_too_large: {
      title: "Too large for one cookie",
      mend: "Copy only the request “usage” (64 KiB at most), not the whole list.",
    },
    no_cookie_in_snippet: {
      title: "No cookie of this site found",
      mend: "Sign in to the site, then copy its request “usage” with Copy as cURL. Sanitized HAR files contain no cookies.",
    },
    session_cookie_missing: {
      title: "No login cookie found",
      mend: "Copy the request from the Network tab: scripts such as document.cookie cannot read the login cookie (HttpOnly).",
    },
    session_cookie_incomplete: {
      title: "Part of the login cookie is missing",
      mend: "Long logins are split (….session-token.0, .1). Copy the whole request with Copy as cURL.",
    },
    cookie_ambiguous: {
      title: "Several different cookies found",
      mend: "Copy a single request and paste only that.",
    },
    cookie_expired: {
      title: "This login has expired",
      mend: "Sign in to the site again, then copy the request again.",
    },
    cookie_rejected: {
      title: "The site says you are signed out",
      mend: "The cookie is readable, but the site refuses it. Sign in again, then copy a new request.",
    },
    cannot_verify: {
      title: "The cookie could not be checked",
      mend: "The site did not answer. Try again, or save it now and check it with the first request.",
    },
  },
  /** Only where a cookie was saved before. */
  previousKept: "The saved cookie was not changed.",
  dialog: {
    died: "Signed out",
    diedText: (reason: string, at: string) =>
      `${reason} at ${at}. Collecting has stopped; saved data is safe.`,
    reasons: {
      unauthorized: "The site answered 401",
      login_redirect: "The site redirected to its login page",
      login_page: "The site returned its login page",
      other: "The site refused the login",
    },
    unreadable: "Paste the cookie again",
    unreadableText:
      "The key that encrypted the saved cookie is gone. Collecting continues with a new cookie; your history is intact.",
    forbidden: "The site refuses this account or network address",
    forbiddenText: (at: string) =>
      `The site has answered “forbidden” (403) since ${at}. Collecting has stopped; saved data is safe.`,
    forbiddenMend:
      "Open the site in a browser on this machine. If it works there, start again; otherwise paste the cookie of another login.",
    startAgain: "Start collecting again",
    replace: "Replace cookie",
    replaceText: "The current cookie is kept until the new one is verified.",
    give: "Paste your cookie",
    sameAgain: "Try the same cookie again",
    sameRefused: "Checked just now: the site still refuses it.",
    sameFailed: (reason: string) => `Not checked: ${reason}`,
    notNow: "Not now",
    howTo: "How to get a new cookie",
  },
  worker: {
    text: "Another program that used this address left a service worker, which could read the cookie you paste.",
    remove: "Remove it and reload",
  },
  demo: {
    question: "Want to look first?",
    link: "Look around with demo data",
    hint: "A simulated site with made-up requests. Your own data is not touched.",
  },
};
