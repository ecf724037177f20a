import { Suspense } from "react";
import { useLiveState } from "@/api/LiveContext";
import { useMessages } from "@/i18n";
import { CrashGuard } from "../CrashGuard";
import { BalanceTag, Bell } from "../parts";
import { CollectingSwitch } from "./CollectingSwitch";
import { DemoTag } from "./DemoTag";
import { Freshness } from "./Freshness";
import { LiveMark } from "./LiveMark";
import { Logo } from "./Logo";
import { PreferenceMenu } from "./PreferenceMenu";
import { RefreshButton } from "./RefreshButton";
import { SettingsButton } from "./SettingsButton";
import { ShortAge } from "./ShortAge";

/** The bar at the top of the page. */
export function Header() {
  const messages = useMessages();
  // Until the status is known, assume a cookie: then nothing moves when the answer comes.
  const hasCookie = useLiveState(({ status }) => status?.cookie.state !== "missing");
  return (
    <header className="group/header sticky top-0 z-30 border-b border-line bg-canvas/90 backdrop-blur-md">
      <div className="mx-auto flex min-h-14 w-full max-w-[1600px] min-[2000px]:max-w-[1960px] flex-wrap items-center gap-x-2 gap-y-1 px-3 py-2 min-[22rem]:max-md:flex-nowrap min-[22rem]:max-sm:gap-x-1.5 sm:gap-x-3 sm:px-6">
        <Logo />
        <h1 className="text-[0.9375rem] font-semibold tracking-tight max-[30rem]:sr-only">
          {messages.common.name}
        </h1>
        <DemoTag />
        <LiveMark />
        <CrashGuard fallback={null}>
          <Suspense fallback={null}>
            <BalanceTag />
          </Suspense>
        </CrashGuard>
        <ShortAge />
        <div className="-mr-2 flex-1 sm:mr-0" />
        {hasCookie && (
          <>
            <div className="order-last flex min-h-7 w-full items-center pointer-coarse:min-h-11 flex-wrap justify-between gap-x-4 min-[22rem]:order-none min-[22rem]:w-auto">
              <Freshness />
              <CollectingSwitch />
            </div>
            <RefreshButton />
          </>
        )}
        <div className="flex items-center gap-0.5">
          <CrashGuard fallback={null}>
            <Suspense fallback={<span className="size-8 pointer-coarse:size-11" />}>
              <Bell />
            </Suspense>
          </CrashGuard>
          <span className="contents max-sm:hidden">
            <PreferenceMenu />
          </span>
          <SettingsButton />
        </div>
      </div>
    </header>
  );
}

/** The bar after a failure in the header: the settings stay reachable. */
export function BareHeader() {
  return (
    <header className="flex min-h-14 items-center justify-end border-b border-line px-3 sm:px-6">
      <SettingsButton />
    </header>
  );
}
