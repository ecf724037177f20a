/** The languages that the browser prefers, without entries that are no language tags. */
export function preferredLanguages(): readonly string[] {
  const reported: unknown = globalThis.navigator?.languages;
  const all = Array.isArray(reported) ? reported : [globalThis.navigator?.language];
  return all.filter((tag): tag is string => typeof tag === "string" && isLanguageTag(tag));
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}
