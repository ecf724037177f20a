import { ArrowRight } from "lucide-react";
import type { Account } from "@/api/types";
import { useAccount } from "@/api/useAccount";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { Facts } from "@/components/ui/Section";
import { changeAddress } from "@/hooks/useAddress";
import { useFormat, useMessages } from "@/i18n";
import { parseInstant } from "@/lib/time";
import { ResetResult } from "./ResetResult";
import { type AccountTexts, useAccountTexts } from "./texts";
import { useReset } from "./useReset";

const close = () => changeAddress({ dialog: null }, "replace");

/** The effects of a reset, before it is used: it cannot be undone. */
export function ResetDialog() {
  const { reset: texts } = useAccountTexts();
  const account = useAccount();
  const { use, isBusy, outcome } = useReset();
  const isOpen = outcome === null && account?.reset?.available === true;
  return (
    <Dialog
      open
      onOpenChange={close}
      title={texts.title}
      description={isOpen ? costText(account.reset?.remaining ?? null, texts) : null}
    >
      {outcome === null
        ? account && <Content account={account} use={use} isBusy={isBusy} />
        : account && <ResetResult account={account} outcome={outcome} onClose={close} />}
    </Dialog>
  );
}

function costText(remaining: number | null, texts: AccountTexts["reset"]): string {
  return remaining === null ? texts.unknown : texts.last(remaining);
}

interface ContentProps {
  readonly account: Account;
  readonly use: () => void;
  readonly isBusy: boolean;
}

function Content({ account, use, isBusy }: ContentProps) {
  const { reset: texts } = useAccountTexts();
  const { common } = useMessages();
  const format = useFormat();
  const { reset } = account;
  const max = account.max === null ? null : Number(account.max);
  const balance = account.balance === null ? null : Number(account.balance);
  const refusal = reset === null ? texts.unavailable : reset.available ? null : texts.spent;
  const confirm = max === null ? texts.confirmUnknown : texts.confirm(format.amountWithUnit(max));
  return (
    <div className="flex flex-col gap-4">
      {refusal === null && <Change before={balance} after={max} />}
      <Details account={account} />
      {refusal && (
        <p role="status" className="text-sm text-warn">
          {refusal}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button size="large" onClick={close}>
          {common.cancel}
        </Button>
        <Button size="large" variant="primary" disabled={refusal !== null || isBusy} onClick={use}>
          {isBusy ? texts.busy : confirm}
        </Button>
      </div>
    </div>
  );
}

function Change({ before, after }: { before: number | null; after: number | null }) {
  const { reset: texts } = useAccountTexts();
  const format = useFormat();
  if (before === null || after === null) return null;
  const added = Math.max(0, after - before);
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2 rounded-xl border border-line p-4 figure-nums">
      <Value name={texts.now} value={format.amount(before)} />
      <ArrowRight size={18} aria-hidden="true" className="mb-2 text-faint" />
      <Value name={texts.after} value={format.amount(Math.max(before, after))} />
      <span className="mb-1 ml-auto rounded-md bg-good-soft px-2 py-0.5 text-sm font-medium text-good">
        {format.signedAmount(added)}
      </span>
      <span
        aria-hidden="true"
        className="flex h-1.5 w-full overflow-hidden rounded-full bg-accent/20"
      >
        <span
          className="h-full bg-accent forced-color-adjust-none"
          style={{ width: `${Math.min(100, (before / Math.max(after, 1)) * 100)}%` }}
        />
      </span>
    </div>
  );
}

function Value({ name, value }: { name: string; value: string }) {
  return (
    <span className="flex flex-col">
      <span className="text-xs text-muted">{name}</span>
      <span className="text-2xl font-semibold tracking-tight">{value}</span>
    </span>
  );
}

function Details({ account: { reset, resets } }: { account: Account }) {
  const { reset: texts, log } = useAccountTexts();
  const format = useFormat();
  const remaining = reset?.remaining ?? null;
  const last = parseInstant(reset?.last_at);
  const entry = resets[0];
  return (
    <Facts
      isPlain
      facts={[
        ...(remaining !== null && remaining > 0
          ? [[texts.remaining, texts.remainingChange(remaining, remaining - 1)] as const]
          : []),
        entry
          ? [
              texts.lastAt,
              `${format.instant(Date.parse(entry.at)).slice(0, 16)} · ${log.by[entry.by]} · ${log.states[entry.state]}`,
            ]
          : [texts.lastAt, last === null ? texts.never : format.instant(last).slice(0, 16)],
      ]}
    />
  );
}
