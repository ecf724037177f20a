import type { Quarantined } from "@/api/types";
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

/** Why a row could not be read; the server's sentence for a code that this page does not know. */
export function reasonText({ reasons }: QuarantineTexts, { code, detail, reason }: Quarantined) {
  if (code === "unknown" && detail !== null) return detail;
  const known: Readonly<Record<string, string>> = reasons;
  return Object.hasOwn(known, code) ? (known[code] ?? reason) : reason;
}
