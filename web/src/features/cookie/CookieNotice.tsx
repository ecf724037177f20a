/**
 * What the page says of the cookie wherever it is: the banner above the content, and the dialog
 * over everything when the cookie has died or the address asks for it.
 */
export function CookieNotice() {
  return null;
}
