import type { ReactNode } from "react";
import { useSettings, useStatus } from "@/api/LiveContext";
import { Dialog } from "@/components/ui/Dialog";
import { Skeleton } from "@/components/ui/Skeleton";
import { useAddress } from "@/hooks/useAddress";
import { AboutSection } from "./AboutSection";
import { AccessSection } from "./AccessSection";
import { CollectingSection } from "./CollectingSection";
import { CookieSection } from "./CookieSection";
import { DataSection } from "./DataSection";
import { DisplaySection } from "./DisplaySection";
import { useSettingsTexts } from "./texts";

interface Props {
  /** Opened over the settings. */
  readonly children?: ReactNode;
}

/** All settings; each is saved immediately. */
export function SettingsDialog({ children }: Props) {
  const texts = useSettingsTexts();
  const [, changeAddress] = useAddress();
  return (
    <Dialog
      open
      onOpenChange={() => changeAddress({ dialog: null })}
      title={texts.title}
      description={texts.intro}
      form="side"
    >
      <Sections />
      {children}
    </Dialog>
  );
}

function Sections() {
  const status = useStatus();
  const settings = useSettings();
  if (status === null || settings === null) return <Waiting />;
  return (
    <div className="flex flex-col gap-6">
      <CookieSection cookie={status.cookie} />
      <CollectingSection settings={settings} />
      <DisplaySection settings={settings} />
      <DataSection status={status} settings={settings} />
      {status.needs_key && <AccessSection />}
      <AboutSection status={status} />
    </div>
  );
}

function Waiting() {
  return (
    <div className="flex flex-col gap-6">
      <Skeleton className="h-40" />
      <Skeleton className="h-28" />
      <Skeleton className="h-52" />
    </div>
  );
}
