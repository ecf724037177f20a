import type { Locale } from "@/i18n";
import type { Like } from "@/i18n/catalogue";
import { quarantine as en } from "@/i18n/en/quarantine";
import { useTexts } from "@/i18n/useTexts";
import { quarantine as zhCN } from "@/i18n/zh-CN/quarantine";

export type QuarantineTexts = Like<typeof en>;

const CATALOGUES: Readonly<Record<Locale, QuarantineTexts>> = { en, "zh-CN": zhCN };

export function useQuarantineTexts(): QuarantineTexts {
  return useTexts(CATALOGUES);
}

/** What was wrong, in the user's language; a reason of another version in the server's words. */
export function reasonText({ reasons }: QuarantineTexts, reason: string): string {
  const known: Readonly<Record<string, string>> = reasons;
  return Object.hasOwn(known, reason) ? (known[reason] ?? reason) : reason;
}
