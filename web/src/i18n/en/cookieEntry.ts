/** All that is said where a cookie is given: the first visit, the paste box, the dialog. */
import { plural } from "../catalogue";

export const cookieEntry = {
  welcome: {
    title: "See your credits as a live curve",
    intro:
      "CreditCurve reads your usage from AICodeMirror with the cookie of your own login. Three steps, about a minute.",
    readyTitle: "All set",
    readyIntro: "From here on it runs by itself. The switch also stands at the top of the page.",
    start: "Start collecting",
    startHint: (interval: string) =>
      `Asks the site for new requests every ${interval}. You can stop at any time.`,
  },
  steps: {
    label: "How to get the cookie",
    open: {
      title: "Open the usage page",
      text: "Sign in to AICodeMirror, in the browser on a computer.",
      link: "Go to the usage page",
      address: "aicodemirror.com/dashboard/usage",
    },
    copy: {
      title: "Copy a request",
      text: "Press F12, choose Network and reload the page. Right-click the line “usage”, then Copy → Copy as cURL.",
    },
    paste: {
      title: "Paste it here",
      text: "Just as it is, into the box below. CreditCurve finds the cookie in it.",
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
      valid: "Valid",
    },
  },
  box: {
    label: "Cookie",
    placeholder: "Paste here: Ctrl V or ⌘ V",
    takes:
      "Takes a request copied as cURL, PowerShell or fetch, the cookie header, a cookie extension's export, a HAR or a cookies.txt.",
    privacy: "It is sealed on this machine and is sent to aicodemirror.com alone.",
    check: "Check and save",
    checking: "Read. Trying it on the site…",
    clear: "Clear",
  },
  verdict: {
    valid: "Login cookie found, checked, valid.",
    unverified: "Login cookie stored, not tried yet.",
    found: (names: readonly string[]) =>
      names.length
        ? `Found ${plural(names.length, "this cookie", "these cookies")}:`
        : "No cookie names were found in it.",
    place: (line: number, column: number) => `It stands in line ${line}, at character ${column}.`,
    show: "Show me the place",
    force: "Use it all the same",
    withoutCheck: "Save without the check",
    retry: "Try again",
  },
  /** By the code of a refusal: what is wrong, and how to mend it. */
  refusals: {
    cookie_empty: {
      title: "There is nothing in it",
      mend: "The copy came out empty. Copy the request again (Copy as cURL), then paste it here.",
    },
    cookie_control_character: {
      title: "There is a line break or another invisible character inside the cookie",
      mend: "It was probably broken up by a terminal or a chat program. Copy it again straight from the browser, in one piece.",
    },
    cookie_non_ascii: {
      title: "There is a character in it that no cookie holds",
      mend: "An ellipsis (…) or a curly quote means that it was cut short or changed on the way. Copy it again, whole: best with Copy as cURL.",
    },
    cookie_too_large: {
      title: "That is too much for one cookie",
      mend: "More than 64 KiB cannot be a single request. Copy only the one line “usage”, not the whole list.",
    },
    no_cookie_in_snippet: {
      title: "There is no cookie for the site in it",
      mend: "It was read, but it holds no cookie of aicodemirror.com. Choose a request of the site itself, after signing in. In Chrome, Copy as cURL holds the cookie; a “sanitized” HAR does not.",
    },
    session_cookie_missing: {
      title: "The login cookie is not in it",
      mend: "The login, __Secure-authjs.session-token, is marked HttpOnly: scripts such as document.cookie cannot see it. Copy the request from the Network tab instead.",
    },
    session_cookie_incomplete: {
      title: "A piece of the login cookie is missing",
      mend: "Long logins are split into numbered pieces (….session-token.0, .1). Copy all cookies of one request together, with Copy as cURL.",
    },
    cookie_ambiguous: {
      title: "There is more than one cookie in it",
      mend: "It holds several that differ, and only you can know which is meant. Copy one single request and paste it alone.",
    },
    cookie_expired: {
      title: "The login in it has run out",
      mend: "By its own date it is past its end. Sign in to the site again, then copy anew.",
    },
    cookie_rejected: {
      title: "The site does not accept this cookie",
      mend: "It was read without fault, but the site says that the login is over. Sign in there again and copy a new one; the cookie that was stored before is untouched.",
    },
    cannot_verify: {
      title: "The cookie could not be tried",
      mend: "It was read without fault, but the site did not give an answer. Try again in a moment, or save it without the check: it is then tried with the first request.",
    },
  },
  dialog: {
    died: "The cookie no longer works",
    diedText: (reason: string, at: string) =>
      `${reason} That was at ${at}. Collecting has stopped; nothing that is stored is lost.`,
    reasons: {
      unauthorized: "The site answered that the login is over (401).",
      login_redirect: "The site sent us to its login page.",
      login_page: "The site answered with its login page.",
      other: "The site no longer accepts the login.",
    },
    unreadable: "Please paste the cookie once more",
    unreadableText:
      "The key that sealed the stored cookie is gone, so it cannot be read. Collecting waits for a new one; your history is intact.",
    forbidden: "The site refuses this account or address",
    forbiddenText: (at: string) =>
      `It answers “forbidden” (403) since ${at}, and collecting is off. This says nothing against your cookie, and nothing that is stored is lost.`,
    forbiddenMend:
      "Open the site in a browser on this machine and see whether it works there: an account may be locked, or a network's address refused. Then start again, or paste the cookie of another login.",
    startAgain: "Start collecting again",
    replace: "Replace the cookie",
    replaceText: "The present one stays until the new one has been tried and works.",
    give: "Paste your cookie",
    sameAgain: "Try again with the same cookie",
    sameRefused: "Tried just now: the site still refuses it.",
    sameFailed: (reason: string) => `It could not be tried: ${reason}`,
    notNow: "Not now",
    howTo: "How to get a new one",
  },
  demo: {
    link: "Look around with demo data",
    text: "The demo runs beside this one, with a simulated site and a day of made-up history. Start it in a terminal:",
    installed: "Installed",
    source: "From the source folder",
    copy: (command: string) => `Copy “${command}”`,
    copied: "Copied",
  },
};
