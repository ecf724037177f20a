import type { Locale } from "@/i18n";
import type { Like } from "@/i18n/catalogue";
import { cookieEntry as en } from "@/i18n/en/cookieEntry";
import { useTexts } from "@/i18n/useTexts";
import { cookieEntry as zhCN } from "@/i18n/zh-CN/cookieEntry";

export type CookieTexts = Like<typeof en>;

const CATALOGUES: Readonly<Record<Locale, CookieTexts>> = { en, "zh-CN": zhCN };

export function useCookieTexts(): CookieTexts {
  return useTexts(CATALOGUES);
}
