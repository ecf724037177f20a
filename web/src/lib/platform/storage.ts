/**
 * Values that the browser stores for the page; if storage is full or forbidden, they are lost. The
 * demo below the user's own page begins with the user's values and changes only its own.
 */

const PREFIX = "creditcurve.";
const DEMO_PREFIX = "creditcurve.demo.";

function isInDemo(): boolean {
  return location.pathname.endsWith("/demo/");
}

export function readStored(key: string): string | null {
  try {
    const own = isInDemo() ? localStorage.getItem(DEMO_PREFIX + key) : null;
    return own ?? localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: string): void {
  try {
    localStorage.setItem((isInDemo() ? DEMO_PREFIX : PREFIX) + key, value);
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
