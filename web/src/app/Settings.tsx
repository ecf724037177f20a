/** The settings, with the sections of other features. */
import { Bell, Wallet } from "lucide-react";
import { lazy } from "react";
import { useAccount } from "@/api/useAccount";
import { SettingsPage } from "@/features/settings/SettingsPage";
import type { SectionEntry } from "@/features/settings/sections";
import { retrying } from "@/lib/platform/retrying";

const ACCOUNT: SectionEntry = {
  name: "account",
  icon: Wallet,
  Content: lazy(() =>
    retrying(() => import("@/features/account/AccountSection")).then((part) => ({
      default: part.AccountSection,
    })),
  ),
};

const OTHERS: readonly SectionEntry[] = [
  {
    name: "alerts",
    icon: Bell,
    Content: lazy(() =>
      retrying(() => import("@/features/alerts/AlertSettings")).then((part) => ({
        default: part.AlertSettings,
      })),
    ),
  },
];

const WITH_ACCOUNT: readonly SectionEntry[] = [ACCOUNT, ...OTHERS];

/** An account without a known balance has no section. */
export function Settings() {
  const hasBalance = (useAccount()?.balance ?? null) !== null;
  return <SettingsPage others={hasBalance ? WITH_ACCOUNT : OTHERS} />;
}
