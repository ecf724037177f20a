import { useSettings, useStatus } from "@/api/LiveContext";
import { changeAddress } from "@/hooks/useAddress";
import { ExpiryStrip, MissingStrip } from "./strips";
import { isFirstVisit, troubleOf } from "./trouble";

const open = () => changeAddress({ dialog: "cookie" });

/** Says that there is no cookie, or that the login expires soon. */
export function CookieReminder() {
  const status = useStatus();
  const settings = useSettings();
  if (status === null || settings === null) return null;
  const { cookie } = status;
  if (cookie.state === "missing") {
    return isFirstVisit(status, settings.collecting) ? null : <MissingStrip onOpen={open} />;
  }
  if (cookie.expires_at === null || troubleOf(status, settings.collecting)) return null;
  return <ExpiryStrip key={cookie.expires_at} expiresAt={cookie.expires_at} onOpen={open} />;
}
