import type { Account, AccountHistory } from "@/api/types";
import { useAccountHistory } from "@/api/useAccount";
import { type Fact, Facts, Group } from "@/components/ui/Section";
import { useNow } from "@/hooks/useNow";
import { type Format, useFormat } from "@/i18n";
import { DAY_MS, MINUTE_MS, parseInstant, SECOND_MS } from "@/lib/time";
import { BalanceHero } from "./BalanceHero";
import { type AccountTexts, useAccountTexts } from "./texts";

/** The balance, the plan's end, the age of both, and the change that no request explains. */
export function BalanceFacts({ account }: { account: Account }) {
  const texts = useAccountTexts();
  const format = useFormat();
  const history = useAccountHistory(24);
  const now = useNow(SECOND_MS);
  return (
    <Group>
      {account.balance !== null && (
        <BalanceHero account={account} amount={Number(account.balance)} />
      )}
      <Facts
        facts={[
          ...planFacts(account, now, texts, format),
          ...sourceFacts(account, texts),
          ...unexplainedFact(history, texts, format),
        ]}
      />
    </Group>
  );
}

function planFacts(
  { plan, balance, expires_at, at }: Account,
  now: number,
  texts: AccountTexts,
  format: Format,
): readonly Fact[] {
  const end = parseInstant(expires_at);
  const read = parseInstant(at);
  return [
    ...(plan && balance === null ? [[texts.plan, plan] as const] : []),
    ...(end === null ? [] : [endFact(end, now, texts, format)]),
    ...(read === null
      ? []
      : [[texts.read, texts.ago(format.duration(Math.max(0, now - read)))] as const]),
  ];
}

function endFact(end: number, now: number, texts: AccountTexts, format: Format): Fact {
  const left = end - now;
  const size = left < DAY_MS ? MINUTE_MS : DAY_MS;
  const hint = left > 0 ? texts.left(format.duration(Math.floor(left / size) * size)) : undefined;
  return [texts.expires, format.instant(end).slice(0, 16), hint];
}

/** The sources that fail at present: then the figures above are older than the last poll. */
function sourceFacts({ sources }: Account, texts: AccountTexts): readonly Fact[] {
  const failing = Object.entries(sources).filter(([, state]) => state === "failing");
  if (failing.length === 0) return [];
  const known: Readonly<Record<string, string>> = texts.sources;
  const names = failing.map(([source]) => known[source] ?? source);
  return [
    [
      texts.failing,
      <span key="names" className="text-warn">
        {names.join(texts.comma)}
      </span>,
      texts.failingHint,
    ],
  ];
}

/** The sum of the last day, and the hour with the largest part of it. */
function unexplainedFact(
  history: AccountHistory | undefined,
  texts: AccountTexts,
  format: Format,
): readonly Fact[] {
  const hours = history?.unexplained ?? [];
  const largest = hours.toSorted((one, other) => Math.abs(other.v) - Math.abs(one.v))[0];
  if (largest === undefined) return [];
  const sum = hours.reduce((total, { v }) => total + v, 0);
  const hour = format.instant(largest.t).slice(5, 16);
  const hint = texts.unexplainedHint(format.amountWithUnit(largest.v), hour);
  return [[texts.unexplained, format.amountWithUnit(sum), hint]];
}
