/** A refusal in words: the fault, the next step, and other options. */
import type { Problem } from "@/api/problem";
import type { Messages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import type { CookieTexts } from "./texts";

export type WayOut = "force" | "withoutCheck" | "retry" | null;

export interface Verdict {
  readonly title: string;
  readonly mend: string | null;
  /** Whether the names of the found cookies help. */
  readonly showsNames: boolean;
  readonly wayOut: WayOut;
  /** The site whose login the text contains, if it is another one. */
  readonly otherOrigin: string | null;
}

type RefusalCode = keyof CookieTexts["refusals"];

/** Doubtful, but it can be sent. */
const DOUBTFUL: readonly string[] = [
  "session_cookie_missing",
  "session_cookie_incomplete",
  "cookie_ambiguous",
  "cookie_expired",
];

export function verdictOn(problem: Problem, texts: CookieTexts, messages: Messages): Verdict {
  const code = problem.status === 413 ? "cookie_too_large" : problem.code;
  const known = isRefusal(code, texts) ? texts.refusals[code] : null;
  const isDoubtful = DOUBTFUL.includes(code);
  return {
    title: known?.title ?? problemText(messages, problem),
    mend: known?.mend ?? null,
    showsNames: isDoubtful,
    otherOrigin: code === "no_cookie_in_snippet" ? (problem.origin ?? null) : null,
    wayOut: isDoubtful ? "force" : otherWayOut(code, known !== null),
  };
}

function otherWayOut(code: string, isKnown: boolean): WayOut {
  if (code === "cannot_verify") return "withoutCheck";
  return isKnown ? null : "retry";
}

function isRefusal(code: string, texts: CookieTexts): code is RefusalCode {
  return Object.hasOwn(texts.refusals, code);
}
