import type { Account } from "@/api/types";
import { useAccountHistory } from "@/api/useAccount";
import { Cell, Group } from "@/components/ui/Section";
import { useFormat, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { cn } from "@/lib/cn";
import { type Entry, loggedResets } from "./loggedResets";
import { useAccountTexts } from "./texts";

/** As far back as the line of the balance. */
const HOURS = 168;

const TONES: Readonly<Record<Entry["state"], string>> = {
  asked: "text-muted",
  done: "text-good",
  used: "text-muted",
  failed: "text-bad",
  doubtful: "text-warn",
  skipped: "text-muted",
};

/** All resets, newest first: who asked for each, and its result. */
export function ResetLog({ account }: { account: Account }) {
  const { log } = useAccountTexts();
  const resets = loggedResets(account.resets, useAccountHistory(HOURS));
  return (
    <Group title={log.title}>
      {resets.length === 0 ? (
        <Cell>
          <p className="text-sm text-muted">{log.none}</p>
        </Cell>
      ) : (
        <ul aria-label={log.title} className="divide-y divide-line">
          {resets.map((entry) => (
            <li key={entry.id}>
              <Cell>
                <Line entry={entry} />
              </Cell>
            </li>
          ))}
        </ul>
      )}
    </Group>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { log } = useAccountTexts();
  const format = useFormat();
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5 text-sm">
      <span className="figure-nums">{format.instant(Date.parse(entry.at))}</span>
      <span className={cn("text-right font-medium", TONES[entry.state])}>
        {log.states[entry.state]}
      </span>
      <span className="text-xs text-faint">{log.by[entry.by]}</span>
      <span className="text-right text-xs text-faint figure-nums">
        <Detail entry={entry} />
      </span>
    </div>
  );
}

function Detail({ entry: { state, before, after, amount, reason } }: { entry: Entry }) {
  const { log } = useAccountTexts();
  const format = useFormat();
  const messages = useMessages();
  if (reason) return problemText(messages, { code: reason, detail: null });
  const added = amount === null ? [] : [format.signedAmount(Number(amount))];
  const change =
    before === null || after === null
      ? added
      : [log.change(format.amount(Number(before)), format.amount(Number(after)))];
  return (state === "doubtful" ? [log.doubtful, ...change] : change).join(" ");
}
