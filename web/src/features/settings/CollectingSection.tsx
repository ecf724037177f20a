import { useState } from "react";
import { Group, Row, Section } from "@/components/ui/Section";
import { Select } from "@/components/ui/Select";
import { Switch } from "@/components/ui/Switch";
import { useLocale } from "@/i18n";
import { intervalText } from "@/i18n/interval";
import { CountedTypes } from "./CountedTypes";
import { INTERVALS_S, isOffered, OTHER } from "./choices";
import { NumberField } from "./NumberField";
import { Schedule } from "./Schedule";
import type { SectionProps } from "./sections";
import { useSettingsTexts } from "./texts";
import { useSetting } from "./useSetting";

export function CollectingSection({ settings }: SectionProps) {
  const { names, collecting } = useSettingsTexts();
  const { change, error } = useSetting("collecting");
  return (
    <Section title={names.collecting}>
      <Group>
        <Row label={collecting.switch} hint={collecting.switchHint} error={error} isInline>
          {(control) => (
            <Switch
              {...control}
              checked={settings.collecting}
              onCheckedChange={(on) => change({ collecting: on })}
              className="mt-1.5 self-end"
            />
          )}
        </Row>
        <Interval seconds={settings.poll_interval_s} />
      </Group>
      <Schedule schedule={settings.schedule} />
      <CountedTypes pairs={settings.also_counts} />
    </Section>
  );
}

function Interval({ seconds }: { seconds: number }) {
  const { collecting, other, refused } = useSettingsTexts();
  const locale = useLocale();
  const { change, error } = useSetting("poll_interval_s");
  const [isOther, setOther] = useState(false);
  const showsOther = isOther || !isOffered(INTERVALS_S, seconds);
  const pick = (value: string) => {
    setOther(value === OTHER);
    if (value !== OTHER) change({ poll_interval_s: Number(value) });
  };
  const options = [
    ...INTERVALS_S.map((s) => ({ value: String(s), label: intervalText(s, locale) })),
    { value: OTHER, label: other },
  ];
  return (
    <Row
      label={collecting.interval}
      hint={collecting.intervalHint}
      error={showsOther ? undefined : error}
    >
      {(control) => (
        <>
          <Select
            {...control}
            options={options}
            value={showsOther ? OTHER : String(seconds)}
            onChange={pick}
          />
          {showsOther && (
            <NumberField
              key={seconds}
              label={collecting.seconds}
              hint={collecting.secondsHint}
              value={seconds}
              min={10}
              max={86_400}
              error={error}
              refusal={refused.poll_interval_s}
              onChange={(value) => change({ poll_interval_s: value })}
            />
          )}
        </>
      )}
    </Row>
  );
}
