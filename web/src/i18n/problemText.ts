/** A failure in the user's language: by its code where the catalogue knows it. */
import type { Messages } from "./catalogue";

interface Failure {
  readonly code: string;
  readonly detail: string | null;
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
}

export function problemText(messages: Messages, { code, detail, origin, host }: Failure): string {
  if (code === "foreign_origin" && origin && host) return messages.common.hostDiffers(origin, host);
  const known: Readonly<Record<string, string>> = messages.common.problems;
  return (
    known[code] ??
    known[`upstream_${code}`] ??
    (detail || messages.common.problems.unexpected_answer)
  );
}
