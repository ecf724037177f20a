import { Plus } from "lucide-react";
import { useState } from "react";
import type { Channel, Rule } from "@/api/alerts";
import { Button } from "@/components/ui/Button";
import { Menu, MenuItem } from "@/components/ui/Menu";
import { Group } from "@/components/ui/Section";
import { useAlertSettingsTexts } from "../settingsTexts";
import { DEFAULTS, KINDS } from "./kinds";
import { RuleRow } from "./RuleRow";
import { useNewRule } from "./useRuleChange";

interface Props {
  readonly rules: readonly Rule[];
  readonly channels: readonly Channel[];
  readonly onOpened: (rule: string) => void;
}

/** All rules, each a sentence. */
export function Rules({ rules, channels, onOpened }: Props) {
  const { rules: texts } = useAlertSettingsTexts();
  const [added, setAdded] = useState<string | null>(null);
  const open = (id: string) => {
    setAdded(id);
    onOpened(id);
  };
  return (
    <Group title={texts.title} action={<AddRule onAdded={open} />}>
      {rules.length === 0 ? (
        <p className="p-4 text-muted">{texts.none}</p>
      ) : (
        <ul className="divide-y divide-line">
          {rules.map((rule) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              channels={channels}
              isAdded={rule.id === added}
              onOpened={onOpened}
            />
          ))}
        </ul>
      )}
    </Group>
  );
}

/** A menu of the kinds; a new rule begins with usual values and is on at once. */
function AddRule({ onAdded }: { onAdded: (id: string) => void }) {
  const { rules: texts } = useAlertSettingsTexts();
  const { mutate } = useNewRule();
  const trigger = (
    <Button size="small">
      <Plus size={14} aria-hidden="true" />
      {texts.add}
    </Button>
  );
  return (
    <Menu trigger={trigger}>
      {KINDS.map((kind) => (
        <MenuItem
          key={kind}
          onSelect={() =>
            mutate({ kind, ...DEFAULTS[kind] }, { onSuccess: ({ id }) => onAdded(id) })
          }
        >
          {texts.menu[kind]}
        </MenuItem>
      ))}
    </Menu>
  );
}
