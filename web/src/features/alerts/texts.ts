import type { Locale } from "@/i18n";
import type { Like } from "@/i18n/catalogue";
import { alerts as en } from "@/i18n/en/alerts";
import { useTexts } from "@/i18n/useTexts";
import { alerts as zhCN } from "@/i18n/zh-CN/alerts";

export type AlertTexts = Like<typeof en>;

const CATALOGUES: Readonly<Record<Locale, AlertTexts>> = { en, "zh-CN": zhCN };

export function useAlertTexts(): AlertTexts {
  return useTexts(CATALOGUES);
}
