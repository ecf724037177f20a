/** Language and zone within React: `useMessages` for texts, `useFormat` for numbers and times. */
import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Locale, Messages } from "./catalogue";
import { en } from "./en";
import { type Format, formatOf, type Unit } from "./format";
import { zhCN } from "./zh-CN";

export type { Locale, Messages } from "./catalogue";
export type { Format } from "./format";

const CATALOGUES: Readonly<Record<Locale, Messages>> = { en, "zh-CN": zhCN };

interface Language {
  readonly locale: Locale;
  readonly messages: Messages;
  readonly format: Format;
}

const LanguageContext = createContext<Language>({
  locale: "en",
  messages: en,
  format: formatOf("en", "UTC"),
});

interface Props {
  readonly locale: Locale;
  readonly zone: string;
  readonly unit: Unit;
  readonly children: ReactNode;
}

export function LanguageProvider({ locale, zone, unit, children }: Props) {
  const language = useMemo(
    () => ({ locale, messages: CATALOGUES[locale], format: formatOf(locale, zone, unit) }),
    [locale, zone, unit],
  );
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useMessages(): Messages {
  return useContext(LanguageContext).messages;
}

export function useFormat(): Format {
  return useContext(LanguageContext).format;
}

export function useLocale(): Locale {
  return useContext(LanguageContext).locale;
}

/** The language of a setting; `auto` is the first of the browser's that there is. */
export function localeOf(setting: string, browserLanguages: readonly string[]): Locale {
  if (setting === "en" || setting === "zh-CN") return setting;
  const first = browserLanguages.find((language) => /^(zh|en)\b/i.test(language)) ?? "en";
  return /^zh/i.test(first) ? "zh-CN" : "en";
}
