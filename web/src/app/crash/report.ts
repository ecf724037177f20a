/** The report on a crash of the page, for a public issue: the error and the server's own report. */
import { answer, BASE, http } from "@/api/http";

const TOKEN = /(?=[A-Za-z+=%]*\d)(?=[\d+=%]*[A-Za-z])[A-Za-z0-9+=%]{16,}/g;
/** Messages quote the text that could not be read, and that may be a pasted cookie. */
const QUOTED = /"[^"]*"|'[^']*'|`[^`]*`/g;

/** Return the report as text; without the server's part if the server does not answer. */
export async function crashReport(error: unknown): Promise<string> {
  const server = await answer(http.GET("/api/diagnostics")).catch(() => null);
  const page = {
    at: new Date().toISOString(),
    error: describe(error),
    browser: navigator.userAgent,
    languages: navigator.languages,
    window: `${window.innerWidth}×${window.innerHeight} @${window.devicePixelRatio}`,
  };
  return JSON.stringify({ page, server }, null, 2);
}

/** Return name, message and places in the code, without quoted texts, tokens and the address. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const message = error.message.replace(QUOTED, "<text>").replace(TOKEN, "<hidden>");
  const places = (error.stack ?? "").replace(`${error.name}: ${error.message}`, "");
  return `${error.name}: ${message}\n${places.split(BASE).join("<page>/").trim()}`;
}
