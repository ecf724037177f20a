import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import type { Channel, Rule } from "@/api/alerts";
import { Button } from "@/components/ui/Button";
import { Switch } from "@/components/ui/Switch";
import { useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { cn } from "@/lib/cn";
import { useAlertSettingsTexts } from "../settingsTexts";
import { RuleDetails } from "./RuleDetails";
import { RulePreview } from "./RulePreview";
import { RuleSentence } from "./RuleSentence";
import { useRuleChange } from "./useRuleChange";

interface Props {
  readonly rule: Rule;
  readonly channels: readonly Channel[];
  readonly isAdded: boolean;
  readonly onOpened: (rule: string) => void;
}

/** A rule: on or off, its sentence, and below it the preview and the values that are rarely changed. */
export function RuleRow({ rule, channels, isAdded, onOpened }: Props) {
  const { rules, refused } = useAlertSettingsTexts();
  const messages = useMessages();
  const [chosen, setOpen] = useState<boolean | null>(null);
  const isOpen = chosen ?? isAdded;
  const id = useId();
  const { mutate, isPending, variables, error } = useRuleChange(rule.id);
  const shown: Rule = isPending ? { ...rule, ...variables } : rule;
  const name = rules.menu[rule.kind];
  const turn = () => {
    setOpen(!isOpen);
    if (!isOpen) onOpened(rule.id);
  };
  return (
    <li className="flex flex-col gap-3 px-4 py-3">
      <div className="flex items-center gap-3 big:flex-wrap big:justify-between">
        <Switch
          aria-label={rules.enabled(name)}
          checked={shown.enabled}
          onCheckedChange={(enabled) => mutate({ enabled })}
        />
        <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-4 gap-y-1 big:order-last big:basis-full">
          <RuleSentence rule={shown} onChange={mutate} />
          <Route rule={shown} channels={channels} />
        </div>
        <Button
          variant="ghost"
          square
          aria-label={rules.details(name)}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={turn}
        >
          <ChevronDown
            size={16}
            aria-hidden="true"
            className={cn("transition-transform duration-100", isOpen && "rotate-180")}
          />
        </Button>
      </div>
      {error && (
        <p role="alert" className="text-xs text-bad">
          {refused.other(problemText(messages, error))}
        </p>
      )}
      <div id={id} hidden={!isOpen} className="flex flex-col gap-4 sm:ml-12">
        {isOpen && (
          <>
            <RulePreview rule={rule} />
            <RuleDetails rule={shown} channels={channels} onChange={mutate} />
          </>
        )}
      </div>
    </li>
  );
}

/** Where its messages go. */
function Route({ rule, channels }: Pick<Props, "rule" | "channels">) {
  const { rules } = useAlertSettingsTexts();
  const named = channels.filter(({ id }) => rule.channels.includes(id)).map(({ name }) => name);
  const all = channels.length === 0 ? rules.noChannel : rules.all;
  return (
    <span className="flex flex-wrap items-center gap-2 text-xs text-muted">
      {rule.urgent && (
        <span className="rounded-md bg-warn-soft px-1.5 py-0.5 font-medium text-warn">
          {rules.urgent}
        </span>
      )}
      <span>{named.length > 0 ? named.join(", ") : all}</span>
    </span>
  );
}
