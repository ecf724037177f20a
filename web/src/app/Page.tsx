/** The faces of the page: first visit, dashboard, and what lies over both. */
import { Suspense } from "react";
import { useStatus } from "@/api/LiveContext";
import type { Status } from "@/api/types";
import { CookieNotice } from "@/features/cookie/CookieNotice";
import { Dashboard } from "@/features/dashboard/Dashboard";
import { Header } from "@/features/dashboard/header/Header";
import { DemoNote } from "@/features/demo/DemoNote";
import { useAddress } from "@/hooks/useAddress";
import { useMessages } from "@/i18n";
import { CrashGuard } from "./CrashGuard";
import { FirstVisit, RecordsPanel, SettingsDialog } from "./parts";

export function Page() {
  const status = useStatus();
  const messages = useMessages();
  const isFirstVisit = status !== null && isNew(status);
  return (
    <>
      <a
        href="#content"
        className="sr-only z-50 rounded-lg bg-surface px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {messages.common.skipToContent}
      </a>
      <Header />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-[1600px] flex-col gap-4 px-3 pt-4 pb-12 outline-none sm:px-6"
      >
        <DemoNote />
        <CookieNotice />
        <CrashGuard>{isFirstVisit ? <Welcome /> : <Everyday />}</CrashGuard>
      </main>
      <Overlays />
    </>
  );
}

/** Nothing stored yet, and no cookie to begin with. */
function isNew(status: Status): boolean {
  return status.cookie.state === "missing" && status.records.total === 0;
}

function Welcome() {
  return (
    <Suspense fallback={null}>
      <FirstVisit />
    </Suspense>
  );
}

function Everyday() {
  return (
    <Dashboard
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
  if (dialog !== "settings") return null;
  return (
    <CrashGuard>
      <Suspense fallback={null}>
        <SettingsDialog />
      </Suspense>
    </CrashGuard>
  );
}
