/** Addresses of sites: scheme, host and port. */

function urlOf(text: string): URL | null {
  try {
    return new URL(text.trim());
  } catch {
    return null;
  }
}

/** Return the host of an address without `www.`, or the text itself if it is no address. */
export function hostOf(address: string): string {
  return urlOf(address)?.host.replace(/^www\./, "") || address;
}

/** Return the origin of an address that a user typed, or null. */
export function originOf(text: string): string | null {
  const url = urlOf(text);
  return url && /^https?:$/.test(url.protocol) ? url.origin : null;
}
