/** What the shell says of the cookie: the banners. The rest comes with `cookieEntry`. */
export const cookie = {
  title: "Cookie",
  paste: "Paste a new cookie",
  later: "Not now",
  died: "The cookie no longer works, so nothing is collected. What is stored is safe.",
  unreadable: "The stored cookie cannot be read any more, so nothing is collected.",
  forbidden: "The site refuses this account or address. Collecting is switched off.",
  forbiddenAction: "What to do",
  missing: "There is no cookie, so nothing is collected. What is stored stays.",
  missingAction: "Paste a cookie",
  expires: (left: string, at: string) => `The login ends in ${left}, on ${at}.`,
  expired: (at: string) => `The login was to end on ${at}; it may stop at any moment.`,
  expiresHint: "Sign in to the site again and paste the new cookie to go on without a break.",
  works: "The cookie works. Collecting goes on.",
  worksWhileOff: "The cookie works.",
  untried: "The cookie is stored, but has not been tried yet.",
};
