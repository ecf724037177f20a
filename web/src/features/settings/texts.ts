import type { Locale } from "@/i18n";
import type { Like } from "@/i18n/catalogue";
import { settings as en } from "@/i18n/en/settings";
import { useTexts } from "@/i18n/useTexts";
import { settings as zhCN } from "@/i18n/zh-CN/settings";

export type SettingsTexts = Like<typeof en>;

const CATALOGUES: Readonly<Record<Locale, SettingsTexts>> = { en, "zh-CN": zhCN };

export function useSettingsTexts(): SettingsTexts {
  return useTexts(CATALOGUES);
}
