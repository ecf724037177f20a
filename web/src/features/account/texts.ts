import type { Locale } from "@/i18n";
import type { Like } from "@/i18n/catalogue";
import { account as en } from "@/i18n/en/account";
import { useTexts } from "@/i18n/useTexts";
import { account as zhCN } from "@/i18n/zh-CN/account";

export type AccountTexts = Like<typeof en>;

const CATALOGUES: Readonly<Record<Locale, AccountTexts>> = { en, "zh-CN": zhCN };

export function useAccountTexts(): AccountTexts {
  return useTexts(CATALOGUES);
}
