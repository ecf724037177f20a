/** Texts of the dialog that asks for a new cookie. */
export const dialog = {
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
};
