import { Suspense } from "react";
import { useSettings, useStatus } from "@/api/LiveContext";
import { Skeleton } from "@/components/ui/Skeleton";
import { useAddress } from "@/hooks/useAddress";
import { Navigation } from "./Navigation";
import { SECTIONS, type SectionEntry } from "./sections";
import { useReturningFocus } from "./useReturningFocus";

/** The settings, a section at a time; each change is saved immediately. */
export function SettingsPage() {
  const [{ settings: name }] = useAddress();
  const title = useReturningFocus();
  const section = SECTIONS.find((each) => each.name === name) ?? SECTIONS[0];
  if (section === undefined) return null;
  return (
    <div
      data-page="settings"
      className="grid w-full max-w-6xl gap-x-10 gap-y-5 lg:grid-cols-[12rem_minmax(0,1fr)]"
    >
      <Navigation sections={SECTIONS} current={section.name} title={title} />
      <Suspense fallback={<Waiting />}>
        <Content section={section} />
      </Suspense>
    </div>
  );
}

function Content({ section }: { section: SectionEntry }) {
  const status = useStatus();
  const settings = useSettings();
  if (status === null || settings === null) return <Waiting />;
  return <section.Content key={section.name} status={status} settings={settings} />;
}

function Waiting() {
  return (
    <div aria-hidden="true" className="flex max-w-3xl animate-late flex-col gap-5">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="h-52" />
      <Skeleton className="h-28" />
    </div>
  );
}
