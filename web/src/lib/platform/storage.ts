/** Values that the browser stores for the page; if storage is full or forbidden, they are lost. */

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

/** Return a stored list of texts; empty if it is missing or unreadable. */
export function readStoredList(key: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(readStored(key) ?? "[]");
    return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
  } catch {
    return [];
  }
}
