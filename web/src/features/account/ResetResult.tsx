import type { Account } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { type Fact, Facts } from "@/components/ui/Section";
import { type Format, useFormat } from "@/i18n";
import { type AccountTexts, useAccountTexts } from "./texts";
import type { ResetOutcome } from "./useReset";

interface Props {
  /** As it was read after the reset. */
  readonly account: Account;
  readonly outcome: ResetOutcome;
  readonly onClose: () => void;
}

/** The outcome, with the balance that was read afterwards; an uncertain one is never tried again from here. */
export function ResetResult({ account, outcome: { text, isGood }, onClose }: Props) {
  const { reset: texts } = useAccountTexts();
  const format = useFormat();
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className={isGood ? "text-sm text-good" : "text-sm text-warn"}>
        {text}
      </p>
      <Facts isPlain facts={resultFacts(account, texts, format)} />
      <Button size="large" className="self-end" onClick={onClose}>
        {texts.close}
      </Button>
    </div>
  );
}

function resultFacts(
  { balance, reset, resets }: Account,
  texts: AccountTexts["reset"],
  format: Format,
): readonly Fact[] {
  const before = resets[0]?.before ?? null;
  const amount = (term: string, value: number | string | null): readonly Fact[] =>
    value === null ? [] : [[term, format.amountWithUnit(Number(value))]];
  const remaining = reset?.remaining ?? null;
  return [
    ...amount(texts.before, before),
    ...amount(texts.now, balance),
    ...(remaining === null ? [] : [[texts.remaining, format.number(remaining)] as const]),
  ];
}
