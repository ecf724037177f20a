import { useId } from "react";
import { useChangeSettings } from "@/api/commands";
import type { Settings } from "@/api/types";
import { AmountField } from "@/components/ui/AmountField";
import { Group, Row } from "@/components/ui/Section";
import { Switch } from "@/components/ui/Switch";
import { TimeField } from "@/components/ui/TimeField";
import { useClock } from "@/hooks/useNow";
import { useFormat, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { useAccountTexts } from "./texts";

type Rule = Settings["auto_reset"];

const USUAL_TIME = "08:00";
const USUAL_AMOUNT = 1_000;
const USUAL_HOURS = ["09:00", "18:00"] as const;

/** When a reset is used without the user: daily, or at a low balance; both are off by default. */
export function AutoReset({ rule }: { rule: Rule }) {
  const { auto } = useAccountTexts();
  const format = useFormat();
  const clock = useClock();
  const { change, error } = useRule(rule);
  return (
    <Group title={auto.title}>
      <Row
        label={auto.daily}
        hint={auto.dailyHint(format.zoneName(clock.now()))}
        error={error}
        isInline
      >
        {(control) => (
          <Switch
            {...control}
            checked={rule.at !== null}
            onCheckedChange={(isOn) => change({ at: isOn ? USUAL_TIME : null })}
            className="mt-1.5 self-end"
          />
        )}
      </Row>
      {rule.at !== null && (
        <Row label={auto.at}>
          {(control) => (
            <TimeField {...control} value={rule.at ?? ""} onChange={(at) => change({ at })} />
          )}
        </Row>
      )}
      <Low rule={rule} />
    </Group>
  );
}

function Low({ rule }: { rule: Rule }) {
  const { auto } = useAccountTexts();
  const { unitName } = useFormat();
  const { change, error } = useRule(rule);
  const { below } = rule;
  return (
    <>
      <Row label={auto.low} hint={auto.lowHint} error={error} isInline>
        {(control) => (
          <Switch
            {...control}
            checked={below !== null}
            onCheckedChange={(isOn) =>
              change(isOn ? { below: USUAL_AMOUNT } : { below: null, between: null })
            }
            className="mt-1.5 self-end"
          />
        )}
      </Row>
      {below !== null && (
        <>
          <Row label={auto.amount(unitName)}>
            {(control) => (
              <AmountField
                {...control}
                key={below}
                value={below}
                onChange={(amount) => change({ below: amount })}
              />
            )}
          </Row>
          <Hours rule={rule} />
        </>
      )}
    </>
  );
}

function Hours({ rule }: { rule: Rule }) {
  const { auto } = useAccountTexts();
  const { change, error } = useRule(rule);
  const id = useId();
  const [from = "", to = ""] = rule.between ?? [];
  return (
    <Row label={auto.hours} hint={auto.hoursHint} error={error} isInline>
      {(control) => (
        <>
          <Switch
            {...control}
            checked={rule.between !== null}
            onCheckedChange={(isOn) => change({ between: isOn ? USUAL_HOURS : null })}
            className="mt-1.5 self-end"
          />
          {rule.between && (
            <span className="flex flex-wrap items-center justify-end gap-1.5">
              <TimeField
                id={`${id}-from`}
                aria-label={auto.from}
                value={from}
                onChange={(time) => change({ between: [time, to] })}
              />
              <span aria-hidden="true">–</span>
              <TimeField
                id={`${id}-to`}
                aria-label={auto.to}
                value={to}
                onChange={(time) => change({ between: [from, time] })}
              />
            </span>
          )}
        </>
      )}
    </Row>
  );
}

function useRule(rule: Rule) {
  const { auto } = useAccountTexts();
  const messages = useMessages();
  const { mutate, error } = useChangeSettings();
  return {
    change: (part: Partial<Rule>) => mutate({ auto_reset: { ...rule, ...part } }),
    error: error ? auto.failed(problemText(messages, error)) : undefined,
  };
}
