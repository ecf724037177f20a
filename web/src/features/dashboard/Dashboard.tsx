/** The everyday face of the page: range, figures, curve, and the details below it. */
import { Tabs } from "radix-ui";
import { type ReactNode, useDeferredValue, useState } from "react";
import { Card } from "@/components/ui/Card";
import { useAddress } from "@/hooks/useAddress";
import { useFormat, useMessages } from "@/i18n";
import { PANELS } from "@/lib/address";
import { CurvePanel } from "./curve/CurvePanel";
import { useDashboard } from "./data/useDashboard";
import { useHidden } from "./data/useHidden";
import { Figures } from "./figures/Figures";
import { CompareModels } from "./models/CompareModels";
import { Complete } from "./toolbar/Complete";
import { RangePicker } from "./toolbar/RangePicker";
import { Reconciled } from "./toolbar/Reconciled";

export function Dashboard({ records }: { records: ReactNode }) {
  const messages = useMessages();
  const format = useFormat();
  const state = useDashboard();
  const hidden = useHidden();
  const [highlighted, onHighlight] = useState<string | null>(null);
  const shared = { hidden, highlighted, onHighlight };
  // What lies below the curve is rendered after it.
  const later = useDeferredValue(state);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <RangePicker />
        <div className="flex flex-wrap items-center gap-x-4">
          <Reconciled {...state} />
          <Complete {...state} />
          <p className="text-xs text-faint">
            {messages.common.zone(format.zoneName(state.window.to))}
          </p>
        </div>
      </div>
      <Figures {...state} />
      <CurvePanel state={state} {...shared} />
      <Details models={<CompareModels state={later} {...shared} />} records={records} />
    </>
  );
}

function Details({ models, records }: { models: ReactNode; records: ReactNode }) {
  const { panels } = useMessages().dashboard;
  const [{ panel }, changeAddress] = useAddress();
  const show = (name: string) => {
    const picked = PANELS.find((candidate) => candidate === name);
    if (picked) changeAddress({ panel: picked });
  };
  return (
    <Card>
      <Tabs.Root value={panel} onValueChange={show}>
        <Tabs.List aria-label={panels.label} className="flex gap-1 border-b border-line px-2">
          {PANELS.map((name) => (
            <Tabs.Trigger
              key={name}
              value={name}
              className="touchable -mb-px h-10 border-b-2 border-transparent px-2.5 text-sm font-medium text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
            >
              {panels[name]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="models">{models}</Tabs.Content>
        <Tabs.Content value="records">{records}</Tabs.Content>
      </Tabs.Root>
    </Card>
  );
}
