import { Suspense } from "react";
import { useSettings, useStatus } from "@/api/LiveContext";
import { useIsServerGone } from "@/api/useIsServerGone";
import { Skeleton } from "@/components/ui/Skeleton";
import { useAddress } from "@/hooks/useAddress";
import { Navigation } from "./Navigation";
import { type SectionEntry, withOthers } from "./sections";
import { useReturningFocus } from "./useReturningFocus";

interface Props {
  /** Sections of other features. */
  readonly others: readonly SectionEntry[];
}

/** The settings, a section at a time; each change is saved immediately. */
export function SettingsPage({ others }: Props) {
  const [{ settings: name }] = useAddress();
  const title = useReturningFocus();
  const sections = withOthers(others);
  const section = sections.find((each) => each.name === name) ?? sections[0];
  if (section === undefined) return null;
  return (
    <div
      data-page="settings"
      className="grid w-full max-w-6xl has-data-wide:max-w-[92rem] gap-x-10 gap-y-5 lg:grid-cols-[12rem_minmax(0,1fr)]"
    >
      <Navigation sections={sections} current={section.name} title={title} />
      <Suspense fallback={<Waiting />}>
        <Content section={section} />
      </Suspense>
    </div>
  );
}

function Content({ section }: { section: SectionEntry }) {
  const status = useStatus();
  const settings = useSettings();
  const isGone = useIsServerGone();
  if (status === null || settings === null) return <Waiting />;
  return (
    <fieldset role="presentation" disabled={isGone} className="contents">
      <section.Content key={section.name} status={status} settings={settings} />
    </fieldset>
  );
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
