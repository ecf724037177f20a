import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Tooltip } from "radix-ui";
import { type ReactNode, useEffect } from "react";
import { Toaster } from "sonner";
import { LiveProvider } from "@/api/LiveContext";
import type { Live } from "@/api/live";
import { ThemeProvider } from "@/hooks/useTheme";
import { LanguageProvider } from "@/i18n";
import { usePreferences } from "./usePreferences";

interface Props {
  readonly live: Live;
  readonly queryClient: QueryClient;
  readonly children: ReactNode;
}

export function Providers({ live, queryClient, children }: Props) {
  useEffect(() => live.start(), [live]);
  useEffect(() => live.onReset(() => void queryClient.invalidateQueries()), [live, queryClient]);
  return (
    <QueryClientProvider client={queryClient}>
      <LiveProvider live={live}>
        <Preferences>{children}</Preferences>
      </LiveProvider>
    </QueryClientProvider>
  );
}

/** Language, zone and theme, as the settings have them. */
function Preferences({ children }: { children: ReactNode }) {
  const { locale, zone, theme } = usePreferences();
  return (
    <LanguageProvider locale={locale} zone={zone}>
      <ThemeProvider theme={theme}>
        <Tooltip.Provider delayDuration={250} skipDelayDuration={100}>
          {children}
          <Toaster
            theme={theme}
            position="bottom-center"
            duration={5000}
            toastOptions={{ className: "cc-toast" }}
          />
        </Tooltip.Provider>
      </ThemeProvider>
    </LanguageProvider>
  );
}
