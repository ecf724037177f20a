import type { Locale } from "@/i18n";
import type { Like } from "@/i18n/catalogue";
import { records as en } from "@/i18n/en/records";
import { useTexts } from "@/i18n/useTexts";
import { records as zhCN } from "@/i18n/zh-CN/records";

export type RecordsTexts = Like<typeof en>;

const CATALOGUES: Readonly<Record<Locale, RecordsTexts>> = { en, "zh-CN": zhCN };

export function useRecordsTexts(): RecordsTexts {
  return useTexts(CATALOGUES);
}
