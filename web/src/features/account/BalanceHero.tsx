import type { Account } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { changeAddress } from "@/hooks/useAddress";
import { type Format, useFormat } from "@/i18n";
import { cn } from "@/lib/cn";
import { type AccountTexts, useAccountTexts } from "./texts";

/** The balance as the first thing to see, its parts, and the way to a reset. */
export function BalanceHero({ account, amount }: { account: Account; amount: number }) {
  const texts = useAccountTexts();
  const format = useFormat();
  const limits = limitTexts(account, texts, format);
  return (
    <div className="flex flex-col gap-3 px-4 py-4 sm:px-5">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <p className="flex items-center gap-2 text-sm text-muted">
            <span>{texts.balance}</span>
            {account.plan && (
              <span className="rounded-md bg-sunken px-1.5 py-0.5 text-xs font-medium">
                {account.plan}
              </span>
            )}
          </p>
          <p className="text-3xl font-semibold tracking-tight break-words figure-nums">
            {format.amountWithUnit(amount)}
          </p>
        </div>
        {account.reset && (
          <Button onClick={() => changeAddress({ dialog: "reset" })}>{texts.reset.open}</Button>
        )}
      </div>
      <Bar account={account} amount={amount} />
      {limits.length > 0 && <p className="text-xs text-muted figure-nums">{limits.join(" · ")}</p>}
    </div>
  );
}

function limitTexts(
  { max, recovery_per_h: recovery }: Account,
  texts: AccountTexts,
  format: Format,
): readonly string[] {
  return [
    ...(max === null ? [] : [texts.ofMaximum(format.amountWithUnit(Number(max)))]),
    ...(recovery ? [texts.perHour(format.amountWithUnit(Number(recovery)))] : []),
  ];
}

/** The parts beside each other with their names; without parts, the share of the maximum. */
function Bar({ account: { parts, max }, amount }: { account: Account; amount: number }) {
  const texts = useAccountTexts();
  const format = useFormat();
  const shown = parts.filter(({ v }) => v > 0);
  if (shown.length === 0) return max === null ? null : <Track shares={[amount / Number(max)]} />;
  return (
    <>
      <Track shares={shown.map(({ v }) => v / amount)} />
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {shown.map(({ key, v }, index) => (
          <li key={key} className="flex items-center gap-1.5">
            <span
              aria-hidden="true"
              className={cn("size-2 rounded-full forced-color-adjust-none", TONES[index])}
            />
            <span className="text-muted">{texts.parts[key]}</span>
            <span className="figure-nums">{format.amountWithUnit(v)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** One for each part that a site may report. */
const TONES = ["bg-accent", "bg-accent/45", "bg-accent/25", "bg-accent/15"] as const;

function Track({ shares }: { shares: readonly number[] }) {
  return (
    <span
      aria-hidden="true"
      className="flex h-2 w-full gap-0.5 overflow-hidden rounded-full bg-sunken"
    >
      {shares.map((share, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of an account keep their order
          key={index}
          className={cn("h-full forced-color-adjust-none", TONES[index])}
          style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
        />
      ))}
    </span>
  );
}
