import type { Locale } from "@/i18n";
import type { Like } from "@/i18n/catalogue";
import { days as en } from "@/i18n/en/days";
import { useTexts } from "@/i18n/useTexts";
import { days as zhCN } from "@/i18n/zh-CN/days";

export type DaysTexts = Like<typeof en>;

const CATALOGUES: Readonly<Record<Locale, DaysTexts>> = { en, "zh-CN": zhCN };

export function useDaysTexts(): DaysTexts {
  return useTexts(CATALOGUES);
}
