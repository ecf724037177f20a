/** The settings, with the sections of other features. */
import { Bell } from "lucide-react";
import { lazy } from "react";
import { SettingsPage } from "@/features/settings/SettingsPage";
import type { SectionEntry } from "@/features/settings/sections";
import { retrying } from "@/lib/platform/retrying";

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

export function Settings() {
  return <SettingsPage others={OTHERS} />;
}
