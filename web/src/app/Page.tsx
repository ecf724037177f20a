/** The page: header, then the settings, the first visit or the dashboard; dialogs and notices over it. */
import { Suspense, useDeferredValue } from "react";
import { useLiveState } from "@/api/LiveContext";
import { isFirstVisit } from "@/features/cookie/trouble";
import { Dashboard } from "@/features/dashboard/Dashboard";
import { useAddress } from "@/hooks/useAddress";
import { useFirstView } from "@/hooks/useFirstView";
import { useMessages } from "@/i18n";
import { CrashGuard } from "./CrashGuard";
import { BareHeader, Header } from "./header/Header";
import { EarlyServerNotice } from "./notices/EarlyServerNotice";
import { Opening } from "./Opening";
import {
  DayBars,
  EpisodeSpans,
  FirstVisit,
  HeatMap,
  KeysDialog,
  Notices,
  QuarantineDialog,
  RecordsPanel,
  ResetDialog,
  Settings,
} from "./parts";
import { useIsKnown } from "./useIsKnown";
import { useShortcuts } from "./useShortcuts";
import { useTab } from "./useTab";

export function Page() {
  const messages = useMessages();
  return (
    <>
      <TabAndKeys />
      <a
        href="#content"
        className="sr-only z-50 rounded-lg bg-surface px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {messages.common.skipToContent}
      </a>
      <CrashGuard fallback={<BareHeader />}>
        <Header />
      </CrashGuard>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-[1600px] min-[2000px]:max-w-[1960px] flex-col gap-4 page-end px-3 pt-4 outline-none sm:px-6"
      >
        <CrashGuard>
          <Main />
        </CrashGuard>
      </main>
      <Overlays />
    </>
  );
}

/** Renders nothing: the tab's title changes often, and the page is not rendered for it. */
function TabAndKeys() {
  useTab();
  useShortcuts();
  return null;
}

function Main() {
  const [{ settings }] = useAddress();
  // A transition mounts the content in short tasks: what subscribes to a store renders in one.
  const isKnown = useDeferredValue(useIsKnown());
  const hasSettings = settings !== null;
  const isAway = useLiveState(({ awaySinceMs }) => awaySinceMs !== null);
  useFirstView(hasSettings || isAway);
  if (!isKnown && !hasSettings) return <Opening />;
  return (
    <>
      <CrashGuard key={hasSettings ? "settings" : "content"}>
        <Suspense fallback={<Opening />}>{hasSettings ? <Settings /> : <Content />}</Suspense>
      </CrashGuard>
      <CrashGuard>
        <Suspense fallback={<EarlyServerNotice />}>
          <Notices />
        </Suspense>
      </CrashGuard>
    </>
  );
}

function Content() {
  const isFirst = useLiveState(
    ({ status, settings }) =>
      status !== null && settings !== null && isFirstVisit(status, settings.collecting),
  );
  useFirstView(isFirst);
  return isFirst ? <FirstVisit /> : <Everyday />;
}

function Everyday() {
  return (
    <Dashboard
      DayBars={DayBars}
      HeatMap={HeatMap}
      annotations={
        <CrashGuard fallback={null}>
          <Suspense fallback={null}>
            <EpisodeSpans />
          </Suspense>
        </CrashGuard>
      }
      records={
        <Suspense fallback={null}>
          <RecordsPanel />
        </Suspense>
      }
    />
  );
}

function Overlays() {
  const [{ dialog }] = useAddress();
  const Shown = dialog === null || dialog === "cookie" ? null : OVERLAYS[dialog];
  if (Shown === null) return null;
  return (
    <CrashGuard>
      <Suspense fallback={null}>
        <Shown />
      </Suspense>
    </CrashGuard>
  );
}

const OVERLAYS = { keys: KeysDialog, quarantine: QuarantineDialog, reset: ResetDialog } as const;
