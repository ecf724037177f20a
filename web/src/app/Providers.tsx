import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, Suspense } from "react";
import { LiveProvider, useLiveState } from "@/api/LiveContext";
import type { Live } from "@/api/live/Live";
import { ClockProvider } from "@/hooks/useNow";
import { LooksProvider } from "@/hooks/useSeriesLooks";
import { ThemeProvider } from "@/hooks/useTheme";
import { LanguageProvider } from "@/i18n";
import { CrashGuard } from "./CrashGuard";
import { Toaster } from "./parts";
import { usePreferences } from "./usePreferences";
import { useServerClock } from "./useServerClock";

interface Props {
  readonly live: Live;
  readonly queryClient: QueryClient;
  readonly children: ReactNode;
}

export function Providers({ live, queryClient, children }: Props) {
  useServerClock(live.clock);
  return (
    <QueryClientProvider client={queryClient}>
      <LiveProvider live={live}>
        <ClockProvider clock={live.clock}>
          <Preferences>{children}</Preferences>
        </ClockProvider>
      </LiveProvider>
    </QueryClientProvider>
  );
}

/** Language, zone, unit and theme. */
function Preferences({ children }: { children: ReactNode }) {
  const { locale, zone, theme } = usePreferences();
  const unit = useLiveState(({ status }) => status?.unit ?? "credits");
  return (
    <LanguageProvider locale={locale} zone={zone} unit={unit}>
      <ThemeProvider theme={theme}>
        <Looks>{children}</Looks>
        <CrashGuard fallback={null}>
          <Suspense fallback={null}>
            <Toaster
              theme={theme}
              position="top-center"
              offset={BELOW_HEADER}
              mobileOffset={BELOW_HEADER}
              duration={5000}
              toastOptions={TOAST}
            />
          </Suspense>
        </CrashGuard>
      </ThemeProvider>
    </LanguageProvider>
  );
}

/** The page's font: the list of messages, from which they would inherit, has the library's. */
const TOAST = { style: { fontFamily: "var(--font-sans)" } };
/** Below the header, whose controls stay in reach. */
const BELOW_HEADER = { top: 72 };

const NONE: readonly string[] = [];

/** The colours of the models and API keys that the server lists. */
function Looks({ children }: { children: ReactNode }) {
  const models = useLiveState(({ status }) => status?.records.models ?? NONE);
  const keys = useLiveState(({ status }) => status?.records.api_keys ?? NONE);
  return (
    <LooksProvider models={models} keys={keys}>
      {children}
    </LooksProvider>
  );
}
