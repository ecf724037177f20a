/**
 * Language, zone and theme of the settings, resolved for this browser. Until the settings arrive,
 * the stored ones of the last visit apply; `theme.js` reads them before the first paint.
 */
import { useEffect, useLayoutEffect, useMemo } from "react";
import { useSettings } from "@/api/LiveContext";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import type { Theme } from "@/hooks/useTheme";
import { type Locale, localeOf } from "@/i18n";
import { preferredLanguages } from "@/lib/platform/locale";
import { readStored, writeStored } from "@/lib/platform/storage";
import { zoneOf } from "@/lib/time";

interface Preferences {
  readonly locale: Locale;
  readonly zone: string;
  readonly theme: Theme;
}

export function usePreferences(): Preferences {
  const settings = useSettings();
  const localeSetting = settings?.locale ?? readStored("locale") ?? "auto";
  const themeSetting = settings?.theme ?? readStored("theme") ?? "auto";
  const zoneSetting = settings?.time_zone ?? readStored("zone") ?? "auto";
  const isSystemDark = useMediaQuery("(prefers-color-scheme: dark)");
  const isDark = themeSetting === "dark" || (themeSetting !== "light" && isSystemDark);
  const theme: Theme = isDark ? "dark" : "light";
  // It asks the browser for a format, which takes milliseconds.
  const zone = useMemo(() => zoneOf(zoneSetting), [zoneSetting]);
  const locale = localeOf(localeSetting, preferredLanguages());

  // Runs before the effects of children: the chart reads its colours from the document.
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.lang = locale;
  }, [theme, locale]);

  useEffect(() => {
    if (settings === null) return;
    writeStored("locale", settings.locale);
    writeStored("theme", settings.theme);
    writeStored("zone", settings.time_zone);
    writeStored("range", String(settings.range_hours));
  }, [settings]);

  return { locale, zone, theme };
}
