/** A failure in the user's language: by its code where the catalogue knows it. */
import type { Messages } from "./catalogue";

interface Failure {
  readonly code: string;
  readonly detail: string | null;
}

export function problemText(messages: Messages, { code, detail }: Failure): string {
  const known: Readonly<Record<string, string>> = messages.common.problems;
  return (
    known[code] ??
    known[`upstream_${code}`] ??
    (detail || messages.common.problems.unexpected_answer)
  );
}
