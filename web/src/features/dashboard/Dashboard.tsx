/** The page in everyday use: figures of now, the curve of a range, and the models in comparison. */
import { Tabs } from "radix-ui";
import { lazy, type ReactNode, Suspense, useDeferredValue, useMemo, useState } from "react";
import { Card } from "@/components/ui/Card";
import { useAddress } from "@/hooks/useAddress";
import { useFormat, useMessages } from "@/i18n";
import { PANELS } from "@/lib/address";
import { retrying } from "@/lib/platform/retrying";
import { CurvePanel } from "./curve/CurvePanel";
import { useAddressZoom } from "./curve/useZoom";
import { narrowed } from "./data/narrow";
import { useDashboard } from "./data/useDashboard";
import { useHidden } from "./data/useHidden";
import { Figures } from "./figures/Figures";
import { Waiting } from "./models/Waiting";

/** Below the curve, and loaded after it. */
const CompareModels = lazy(() =>
  retrying(() => import("./models/CompareModels")).then((part) => ({
    default: part.CompareModels,
  })),
);

interface Props {
  /** The table of single requests. */
  readonly records: ReactNode;
  /** Within the chart: parts that render `Annotations`. */
  readonly annotations?: ReactNode;
}

export function Dashboard({ records, annotations }: Props) {
  const messages = useMessages();
  const format = useFormat();
  const state = useDashboard();
  const zoom = useAddressZoom(state.window);
  const inSight = useMemo(() => narrowed(state, zoom, format.zone), [state, zoom, format.zone]);
  const hidden = useHidden();
  const [highlighted, onHighlight] = useState<string | null>(null);
  const shared = { hidden, highlighted, onHighlight };
  // The table is rendered after the curve.
  const later = useDeferredValue(inSight);
  return (
    <>
      <Figures {...state} />
      <CurvePanel {...{ state, inSight, annotations }} {...shared} />
      <Details
        models={
          <Suspense fallback={<Waiting />}>
            <CompareModels state={later} {...shared} />
          </Suspense>
        }
        records={records}
      />
      <p className="px-1 text-xs text-faint">
        {messages.common.zone(format.zoneName(state.window.to))}
      </p>
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
              className="touchable -mb-px h-10 border-b-2 border-transparent px-2.5 text-sm font-medium text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink forced-colors:data-[state=active]:underline"
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
