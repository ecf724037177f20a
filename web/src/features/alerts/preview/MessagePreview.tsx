import { TrendingUp } from "lucide-react";
import type { Preview } from "@/api/alerts";
import { useRules } from "@/api/useAlerts";
import { Group } from "@/components/ui/Section";
import { Skeleton } from "@/components/ui/Skeleton";
import { useAlertSettingsTexts } from "../settingsTexts";
import { usePreview } from "./usePreview";

interface Props {
  /** The id of the rule that was opened last; null: the first one that is on. */
  readonly chosen: string | null;
}

/** The message that a rule would send, as the server writes it. */
export function MessagePreview({ chosen }: Props) {
  const { message: texts, rules: names } = useAlertSettingsTexts();
  const rules = useRules().answer?.rules ?? [];
  const rule = rules.find(({ id }) => id === chosen) ?? rules.find(({ enabled }) => enabled);
  const { data, error } = usePreview(rule);
  if (rule === undefined || error) return null;
  return (
    <Group
      title={texts.title}
      action={<span className="text-xs text-muted">{names.menu[rule.kind]}</span>}
    >
      <div aria-live="polite" className="flex flex-col gap-2 rounded-xl bg-sunken p-3">
        {data ? <Message message={data.message} /> : <Skeleton className="h-32" />}
        {data?.message.example && <p className="px-1 text-xs text-muted">{texts.example}</p>}
      </div>
    </Group>
  );
}

/** As a chat shows it: the sender's picture beside a bubble. */
function Message({ message: { title, text, link } }: Pick<Preview, "message">) {
  const { message: texts } = useAlertSettingsTexts();
  return (
    <div className="flex items-start gap-2.5">
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-items-center rounded-lg bg-accent text-accent-ink"
      >
        <TrendingUp size={16} />
      </span>
      <div className="min-w-0 flex-1 rounded-xl rounded-tl-sm border border-line bg-surface px-3.5 py-2.5 shadow-card">
        <p className="font-semibold">{title}</p>
        <p className="figure-nums wrap-anywhere whitespace-pre-line text-muted">{text}</p>
        {link && (
          <p className="mt-2 border-t border-line pt-2">
            <a href={link} title={link} className="block truncate text-accent hover:underline">
              {link}
            </a>
          </p>
        )}
        {!link && <p className="mt-2 border-t border-line pt-2 text-xs">{texts.noLink}</p>}
      </div>
    </div>
  );
}
