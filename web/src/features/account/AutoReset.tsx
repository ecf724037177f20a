import { useChangeSettings } from "@/api/commands";
import type { Settings } from "@/api/types";
import { useFixedZone } from "@/api/useFixedZone";
import { AmountField } from "@/components/ui/AmountField";
import { Group, Row } from "@/components/ui/Section";
import { Switch } from "@/components/ui/Switch";
import { TimeField } from "@/components/ui/TimeField";
import { TimeSpan } from "@/components/ui/TimeSpan";
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
  return (
    <>
      <Row label={auto.hours} hint={auto.hoursHint} error={error} isInline>
        {(control) => (
          <Switch
            {...control}
            checked={rule.between !== null}
            onCheckedChange={(isOn) => change({ between: isOn ? USUAL_HOURS : null })}
            className="mt-1.5 self-end"
          />
        )}
      </Row>
      {rule.between && (
        <Row label={auto.between} isGroup>
          {() => (
            <TimeSpan
              from={rule.between?.[0] ?? ""}
              to={rule.between?.[1] ?? ""}
              labels={{ from: auto.from, to: auto.to }}
              onChange={(from, to) => change({ between: [from, to] })}
            />
          )}
        </Row>
      )}
    </>
  );
}

function useRule(rule: Rule) {
  const { auto } = useAccountTexts();
  const messages = useMessages();
  const { mutate, error } = useChangeSettings();
  const zone = useFixedZone();
  return {
    change: (part: Partial<Rule>) => mutate({ auto_reset: { ...rule, ...part }, ...zone }),
    error: error ? auto.failed(problemText(messages, error)) : undefined,
  };
}
