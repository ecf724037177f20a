import type { Locale } from "@/i18n";
import type { Like } from "@/i18n/catalogue";
import { alertSettings as en } from "@/i18n/en/alertSettings";
import { useTexts } from "@/i18n/useTexts";
import { alertSettings as zhCN } from "@/i18n/zh-CN/alertSettings";

export type AlertSettingsTexts = Like<typeof en>;

const CATALOGUES: Readonly<Record<Locale, AlertSettingsTexts>> = { en, "zh-CN": zhCN };

export function useAlertSettingsTexts(): AlertSettingsTexts {
  return useTexts(CATALOGUES);
}
