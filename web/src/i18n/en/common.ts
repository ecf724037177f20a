/** Texts that more than one feature needs. */
export const common = {
  name: "CreditCurve",
  skipToContent: "Skip to the curve",
  close: "Close",
  cancel: "Cancel",
  save: "Save",
  retry: "Try again",
  reload: "Reload the page",
  loading: "Loading…",
  more: "More",
  zone: (name: string) => `Times in ${name}`,
  demo: "Demo",
  demoNote:
    "Made-up data from a simulated site: nothing here is yours, and nothing is sent anywhere.",
  language: "Language",
  theme: "Theme",
  themes: { auto: "As the system", light: "Light", dark: "Dark" },
  locales: { auto: "As the browser", en: "English", "zh-CN": "简体中文" },
  crash: {
    title: "This part of the page has failed",
    detail:
      "What is stored is not touched. Reload the page; if it happens again, please report it.",
  },
  key: {
    title: "Access key",
    intro: "This CreditCurve is reached from another machine, so it asks for its key first.",
    label: "Access key",
    hint: "It was set where CreditCurve is started, as CREDITCURVE_ACCESS_KEY.",
    submit: "Open",
    wrong: "That is not the key.",
    tooMany: "Too many tries. Wait a minute, then try again.",
  },
  /** By the code of a refusal; a code that is not here shows the server's own sentence. */
  /** A proxy sends another Host header than the browser. */
  hostDiffers: (origin: string, host: string) =>
    `The address the browser used (${origin}) and the Host header (${host}) differ. Behind a proxy, pass the Host header on.`,
  problems: {
    network: "CreditCurve's server does not answer. Is it still running?",
    unexpected_answer: "The server answered with something that cannot be read.",
    key_required: "The access key is needed first.",
    no_cookie: "There is no cookie yet.",
    cookie_invalid: "The cookie no longer works: paste a new one.",
    reset_used: "Today's reset has been used. The next one comes tomorrow.",
    reset_not_available: "The site does not offer a reset at present. Nothing was used.",
    reset_doubtful: "The site's answer was lost. Compare the balance before you try another reset.",
    storage_error: "The data folder cannot be written now. What is stored is safe.",
    internal_error: "Something failed inside CreditCurve. Its log tells what.",
    cannot_verify: "The site could not be reached to try the cookie.",
    bad_request: "The server cannot process this request.",
    host_missing: "The request has no Host header. Behind a proxy, pass it on.",
    host_malformed: "The Host header is not a host name. Check the proxy.",
    host_not_allowed:
      "This address is not allowed. Add it with CREDITCURVE_ALLOWED_HOSTS and restart.",
    foreign_origin: "A page of another site may not call CreditCurve.",
    invalid_json: "The request is not valid JSON.",
    key_wrong: "This is not the access key.",
    too_many_attempts: "Too many wrong keys. Wait a minute; the correct key still works.",
    not_found: "Nothing exists at this address. Reload the page.",
    method_not_allowed: "This address does not support that method.",
    body_too_large: "The request is too large.",
    unsupported_media_type: "The request has an unsupported content type.",
    invalid_value: "A value is not valid.",
    unknown_field: "A field is unknown. Reload the page.",
    too_many_requests: "Too many requests to show one by one. Show totals instead.",
    only_sums: "Single requests of this range were deleted. Show totals instead.",
    malformed_record: "The file contains a line that is not a request.",
    not_ahead_of_time: "The link was opened by a preview. Click it to log in.",
    upstream_unauthorized: "The site no longer accepts the cookie: paste a new one.",
    upstream_login_redirect:
      "The site asks to log in again: log in there, then paste a new cookie.",
    upstream_login_page:
      "The site answers with its login page: log in there, then paste a new cookie.",
    upstream_cookie_control_character:
      "The stored cookie contains a character that cannot be sent: paste it again.",
    upstream_cookie_other_origin:
      "The cookie belongs to another site address. Paste the cookie of this one.",
    origin_fixed:
      "CreditCurve was started for one site address. Restart it without --upstream to choose another.",
    upstream_forbidden: "The site refuses this account or address.",
    upstream_unexpected_redirect: "The site redirects to another address; it was not followed.",
    upstream_waf_challenge:
      "The site's firewall requires a browser check. Open the site, then paste the cookie again.",
    upstream_not_json: "The site answered with something that is not data.",
    upstream_schema_changed: "The site's data has a new form that CreditCurve does not know.",
    upstream_too_large: "The site's answer was too large to be taken.",
    upstream_timeout: "The site took too long to answer.",
    upstream_network: "The connection to the site broke off.",
    upstream_name_not_found: "The site's name was not found. Is this machine online?",
    upstream_refused: "The site refused the connection.",
    upstream_proxy_unreachable:
      "The proxy for the site cannot be reached. Check CREDITCURVE_PROXY.",
    upstream_unreachable: "The site cannot be reached. Is this machine online?",
    upstream_tls_error: "The site's certificate is not to be trusted, so nothing was sent.",
    upstream_rate_limited: "The site asks for fewer calls for a while.",
    upstream_error: "The site has a fault of its own.",
    upstream_unexpected_status: "The site answered with a status that was not expected.",
  },
};
