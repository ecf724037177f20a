/** Why a cookie was refused, and the next step. */
export const refusals = {
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
    mend: "Sign in to the site, then copy its request “usage” with Copy as cURL.",
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
};
