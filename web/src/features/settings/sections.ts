/** The sections of the settings, in the order of their navigation; each loads when it is opened. */
import {
  Cookie,
  Database,
  Info,
  type LucideIcon,
  RefreshCw,
  SlidersHorizontal,
} from "lucide-react";
import { type ComponentType, lazy } from "react";
import type { Settings, Status } from "@/api/types";
import { retrying } from "@/lib/platform/retrying";
import type { SettingsTexts } from "./texts";

export interface SectionProps {
  readonly status: Status;
  readonly settings: Settings;
}

export interface SectionEntry {
  /** Its value in the address, and the key of its name in the catalogue. */
  readonly name: keyof SettingsTexts["names"];
  readonly icon: LucideIcon;
  readonly Content: ComponentType<SectionProps>;
}

function part(load: () => Promise<ComponentType<SectionProps>>) {
  return lazy(async () => ({ default: await retrying(load) }));
}

const SECTIONS: readonly SectionEntry[] = [
  {
    name: "general",
    icon: SlidersHorizontal,
    Content: part(() => import("./GeneralSection").then((loaded) => loaded.GeneralSection)),
  },
  {
    name: "collecting",
    icon: RefreshCw,
    Content: part(() => import("./CollectingSection").then((loaded) => loaded.CollectingSection)),
  },
  {
    name: "cookie",
    icon: Cookie,
    Content: part(() => import("./CookieSection").then((loaded) => loaded.CookieSection)),
  },
  {
    name: "data",
    icon: Database,
    Content: part(() => import("./DataSection").then((loaded) => loaded.DataSection)),
  },
  {
    name: "about",
    icon: Info,
    Content: part(() => import("./AboutSection").then((loaded) => loaded.AboutSection)),
  },
];

/** Return all sections: those of other features come before the cookie. */
export function withOthers(others: readonly SectionEntry[]): readonly SectionEntry[] {
  const at = SECTIONS.findIndex(({ name }) => name === "cookie");
  return SECTIONS.toSpliced(at, 0, ...others);
}
