import type { Account, Forecast } from "@/api/types";
import { Hint } from "@/components/ui/Hint";
import { Skeleton } from "@/components/ui/Skeleton";
import { changeAddress } from "@/hooks/useAddress";
import { useNow } from "@/hooks/useNow";
import { useFormat, useMessages } from "@/i18n";
import { runOutText } from "@/i18n/runOut";
import { HOUR_MS, MINUTE_MS, parseInstant } from "@/lib/time";
import { accountLines } from "./accountLines";
import { AmountUnit, Figure } from "./Figure";
import { LOADING } from "./Loading";
import type { Balance } from "./useBalance";

/** The balance in the account's unit, and when it runs out; undefined while it is fetched. */
export function BalanceFigure({ balance }: { balance: Balance | undefined }) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const place = { name: figures.balance, className: "min-[18rem]:max-lg:col-span-2" };
  if (!balance) return <Figure {...place} value={LOADING} note={null} />;
  const { account, amount, forecast } = balance;
  return (
    <Figure
      {...place}
      mark={<Marks account={account} />}
      value={
        <>
          <span data-testid="figure-balance">{format.amount(amount)}</span>
          <AmountUnit />
        </>
      }
      note={forecast ? <RunOut {...{ account, forecast }} /> : <Skeleton className="h-3 w-32" />}
      picture={forecast?.empty_at && <TimeBar emptyAt={forecast.empty_at} />}
    />
  );
}

/** The details of the account, and the way to a reset where the site offers one. */
function Marks({ account }: { account: Account }) {
  const { figures } = useMessages().dashboard;
  return (
    <>
      <Details account={account} />
      {account.reset && (
        <button
          type="button"
          onClick={() => changeAddress({ dialog: "reset" })}
          className="relative ml-auto shrink-0 rounded-md text-xs font-medium text-accent before:absolute before:-inset-x-3 before:-inset-y-3.5 before:content-['']"
        >
          {figures.reset}
        </button>
      )}
    </>
  );
}

/** The plan as a tag; its hint has the parts, the plan's end and the time of reading. */
function Details({ account }: { account: Account }) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const { plan } = account;
  const lines = accountLines(account, figures, format);
  return (
    <Hint text={lines.join(" · ")}>
      <button
        type="button"
        onClick={() => changeAddress({ settings: "account" })}
        className="relative rounded-md bg-sunken px-1.5 py-0.5 text-xs font-medium whitespace-nowrap text-muted before:absolute before:-inset-x-3 before:-inset-y-3.5 before:content-['']"
      >
        {plan ?? figures.balanceDetails}
      </button>
    </Hint>
  );
}

interface RunOutProps {
  readonly account: Account;
  readonly forecast: Forecast;
}

/** When the balance runs out; where this cannot be said, when it was read. */
function RunOut({ account, forecast }: RunOutProps) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const text = runOutText(forecast, useNow(MINUTE_MS), figures, format);
  const at = parseInstant(account.at);
  return <span>{text ?? (at !== null && figures.balanceAt(format.time(at)))}</span>;
}

/** Below this the bar is amber. */
const SOON_MS = 6 * HOUR_MS;

/** Time from now: solid to P10, fading to P90. */
function TimeBar({ emptyAt }: { emptyAt: NonNullable<Forecast["empty_at"]> }) {
  const now = useNow(MINUTE_MS);
  if (!emptyAt.p10) return null;
  const first = Math.max(0, Date.parse(emptyAt.p10) - now);
  const last = emptyAt.p90 ? Math.max(first, Date.parse(emptyAt.p90) - now) : first * 2;
  const end = Math.max(last * 1.1, HOUR_MS);
  const color = first < SOON_MS ? "var(--color-warn)" : "var(--color-accent)";
  const solid = last > 0 ? (first / last) * 100 : 0;
  return (
    <span aria-hidden="true" className="flex h-1.5 w-full rounded-full bg-sunken">
      <span
        className="h-full rounded-full forced-color-adjust-none"
        style={{
          width: `${(last / end) * 100}%`,
          background: `linear-gradient(to right, ${color} ${solid}%, transparent)`,
        }}
      />
    </span>
  );
}
