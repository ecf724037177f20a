import type { Account, AccountHistory } from "@/api/types";
import { useAccountHistory } from "@/api/useAccount";
import { Button } from "@/components/ui/Button";
import { Cell, type Fact, Facts, Group } from "@/components/ui/Section";
import { changeAddress } from "@/hooks/useAddress";
import { type Format, useFormat } from "@/i18n";
import { parseInstant } from "@/lib/time";
import { type AccountTexts, useAccountTexts } from "./texts";

/** The balance in its parts, the plan, and what no request explains. */
export function BalanceFacts({ account }: { account: Account }) {
  const texts = useAccountTexts();
  const format = useFormat();
  const history = useAccountHistory(24);
  return (
    <Group>
      <Facts
        facts={[
          ...balanceFacts(account, texts, format),
          ...planFacts(account, texts, format),
          ...unexplainedFact(history, texts, format),
        ]}
      />
      {account.reset && (
        <Cell>
          <Button className="self-start" onClick={() => changeAddress({ dialog: "reset" })}>
            {texts.reset.open}
          </Button>
        </Cell>
      )}
    </Group>
  );
}

function balanceFacts(
  { balance, parts, max, recovery_per_h }: Account,
  texts: AccountTexts,
  format: Format,
): readonly Fact[] {
  const amount = (term: string, value: number | string | null): readonly Fact[] =>
    value === null ? [] : [[term, format.amountWithUnit(Number(value))]];
  return [
    ...amount(texts.balance, balance),
    ...parts.map(({ key, v }): Fact => [texts.parts[key], format.amountWithUnit(v)]),
    ...amount(texts.maximum, max),
    ...(recovery_per_h
      ? [[texts.recovery, texts.perHour(format.amountWithUnit(Number(recovery_per_h)))] as const]
      : []),
  ];
}

function planFacts(
  { plan, expires_at, at }: Account,
  texts: AccountTexts,
  format: Format,
): readonly Fact[] {
  const end = parseInstant(expires_at);
  const read = parseInstant(at);
  return [
    ...(plan ? [[texts.plan, plan] as const] : []),
    ...(end === null ? [] : [[texts.expires, format.instant(end)] as const]),
    ...(read === null ? [] : [[texts.read, format.instant(read)] as const]),
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
  const detail = texts.unexplainedHour(format.amountWithUnit(largest.v), hour);
  return [[texts.unexplained, format.amountWithUnit(sum), `${texts.unexplainedHint} (${detail})`]];
}
