/**
 * Language, zone and theme of the settings, resolved for this browser; what the browser last saw
 * until the settings arrive. `theme.js` reads the same notes before the first paint.
 */
import { useEffect, useLayoutEffect } from "react";
import { useSettings } from "@/api/LiveContext";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import type { Theme } from "@/hooks/useTheme";
import { type Locale, localeOf } from "@/i18n";
import { readStored, writeStored } from "@/lib/storage";
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
  const locale = localeOf(localeSetting, navigator.languages);

  // Before any effect of a child: what is drawn reads its colours from the theme in force.
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.lang = locale;
  }, [theme, locale]);

  useEffect(() => {
    if (settings === null) return;
    writeStored("locale", settings.locale);
    writeStored("theme", settings.theme);
    writeStored("zone", settings.time_zone);
  }, [settings]);

  return { locale, zone: zoneOf(zoneSetting), theme };
}
