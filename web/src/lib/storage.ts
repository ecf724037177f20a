/** What one browser remembers. A browser that keeps nothing costs the memory, never the page. */

export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(`creditcurve.${key}`);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: string): void {
  try {
    localStorage.setItem(`creditcurve.${key}`, value);
  } catch {
    // Full or forbidden: the page works without it.
  }
}

/** A list of texts that was stored; empty where there is none that can be read. */
export function readStoredList(key: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(readStored(key) ?? "[]");
    return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
  } catch {
    return [];
  }
}
