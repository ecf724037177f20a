import type { Locale } from "@/i18n";
import type { Like } from "@/i18n/catalogue";
import { annotations as en } from "@/i18n/en/annotations";
import { useTexts } from "@/i18n/useTexts";
import { annotations as zhCN } from "@/i18n/zh-CN/annotations";

export type AnnotationTexts = Like<typeof en>;

const CATALOGUES: Readonly<Record<Locale, AnnotationTexts>> = { en, "zh-CN": zhCN };

export function useAnnotationTexts(): AnnotationTexts {
  return useTexts(CATALOGUES);
}
