/**
 * The bar over the bottom of the page. Every notice decides by itself whether it applies; only the
 * first, which is the gravest, is shown. The page gets as much room below, so that nothing is
 * covered for good.
 */
import { CookieNotice } from "@/features/cookie/CookieNotice";
import { CookieReminder } from "@/features/cookie/CookieReminder";
import { ClockNotice } from "./ClockNotice";
import { JournalNotice } from "./JournalNotice";
import { LinkNotice } from "./LinkNotice";
import { PaceNotice } from "./PaceNotice";
import { RecoveryNotice } from "./RecoveryNotice";
import { ServerNotice } from "./ServerNotice";
import { SiteClockNotice } from "./SiteClockNotice";
import { ZoneNotice } from "./ZoneNotice";

export function Notices() {
  return (
    <div className="notices">
      <ServerNotice />
      <CookieNotice />
      <LinkNotice />
      <RecoveryNotice />
      <CookieReminder />
      <JournalNotice />
      <ClockNotice />
      <SiteClockNotice />
      <ZoneNotice />
      <PaceNotice />
    </div>
  );
}
