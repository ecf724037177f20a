/** The models in comparison, and the single requests. */
import { Tabs } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { Card } from "@/components/ui/Card";
import { useAddress } from "@/hooks/useAddress";
import { useFormat, useMessages } from "@/i18n";
import { PANELS } from "@/lib/address";
import { CompareModels } from "./models/CompareModels";

interface Props extends ComponentProps<typeof CompareModels> {
  readonly records: ReactNode;
}

export function Details({ records, ...compared }: Props) {
  const { common, dashboard } = useMessages();
  const { panels } = dashboard;
  const format = useFormat();
  const [{ panel, by }, changeAddress] = useAddress();
  const show = (name: string) => {
    const picked = PANELS.find((candidate) => candidate === name);
    if (picked) changeAddress({ panel: picked });
  };
  const { state } = compared;
  return (
    <>
      <Card>
        <Tabs.Root value={panel} onValueChange={show}>
          <Tabs.List aria-label={panels.label} className="flex gap-1 border-b border-line px-2">
            {PANELS.map((name) => (
              <Tabs.Trigger
                key={name}
                value={name}
                className="touchable -mb-px h-10 border-b-2 border-transparent px-2.5 text-sm font-medium text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink forced-colors:data-[state=active]:underline"
              >
                {name === "models" && by === "api_key" ? panels.keys : panels[name]}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <Tabs.Content value="models">
            <CompareModels {...compared} />
          </Tabs.Content>
          <Tabs.Content value="records">{records}</Tabs.Content>
        </Tabs.Root>
      </Card>
      {/* Not before the table: it would be pushed down. */}
      {state.usage && (
        <p className="px-1 text-xs text-faint">{common.zone(format.zoneName(state.window.to))}</p>
      )}
    </>
  );
}
