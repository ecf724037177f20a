/**
 * The browser's time zone. A browser may report one that it cannot format: Chromium reports
 * `Etc/Unknown` if the system names a zone that does not exist.
 */

const FALLBACK = "UTC";
const UNKNOWN = "Etc/Unknown";

interface BrowserZone {
  readonly zone: string;
  /** False if the browser reports no usable zone, and UTC replaces it. */
  readonly isKnown: boolean;
}

/**
 * The zone in which `Date` reads the clock; null in a browser that does not name it. `Intl` names it
 * too, and takes tens of milliseconds at its first use.
 */
export function systemZone(): string | null {
  const zone = "Temporal" in globalThis ? Temporal.Now.timeZoneId() : UNKNOWN;
  return zone === UNKNOWN ? null : zone;
}

export function isUsableZone(zone: string): boolean {
  if (zone === systemZone()) return true;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
  } catch {
    return false;
  }
}

export function findBrowserZone(): BrowserZone {
  const reported = named(reportedZone());
  const isKnown = /^[A-Z]/i.test(reported) && reported !== UNKNOWN && isUsableZone(reported);
  return { zone: isKnown ? reported : FALLBACK, isKnown };
}

/** Some browsers report an offset, which the server does not know; whole hours have a name. */
function named(zone: string): string {
  const [, sign, hours] = /^(?:UTC|GMT)?([+-])0?(\d{1,2})(?::?00)?$/.exec(zone) ?? [];
  return hours ? `Etc/GMT${sign === "+" ? "-" : "+"}${hours}` : zone;
}

function reportedZone(): string {
  try {
    return systemZone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  } catch {
    return "";
  }
}
