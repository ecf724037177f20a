import { useState } from "react";
import { Select } from "@/components/ui/Select";
import { isOffered, KEEP_DAYS, OTHER } from "./choices";
import { NumberField } from "./NumberField";
import { Question } from "./Question";
import { Row } from "./Section";
import { useSettingsTexts } from "./texts";
import { useSetting } from "./useSetting";

const ALWAYS = "always";

/** How long requests are kept. To keep them for less time deletes some, so that is asked first. */
export function KeepRow({ days }: { days: number | null }) {
  const { data, display, other, refused } = useSettingsTexts();
  const { change, error } = useSetting("retention_days");
  const [isOther, setOther] = useState(false);
  const [asked, setAsked] = useState<number | null>(null);
  const showsOther = isOther || (days !== null && !isOffered(KEEP_DAYS, days));

  const ask = (wanted: number | null) => {
    const isLess = wanted !== null && (days === null || wanted < days);
    setAsked(isLess ? wanted : null);
    if (!isLess) change({ retention_days: wanted });
  };
  const pick = (value: string) => {
    setOther(value === OTHER);
    if (value === OTHER) setAsked(null);
    else ask(value === ALWAYS ? null : Number(value));
  };
  const textOf = (count: number) => display.days(count);
  const options = [
    { value: ALWAYS, label: data.keepAll },
    ...KEEP_DAYS.map((count) => ({ value: String(count), label: textOf(count) })),
    { value: OTHER, label: other },
  ];
  const chosen = asked ?? days;
  return (
    <>
      <Row label={data.keep} hint={data.keepHint} error={showsOther ? undefined : error}>
        {(control) => (
          <>
            <Select
              {...control}
              options={options}
              value={showsOther ? OTHER : chosen === null ? ALWAYS : String(chosen)}
              onChange={pick}
            />
            {showsOther && (
              <NumberField
                key={days}
                label={data.keepDays}
                hint={data.keepDaysHint}
                value={days}
                min={1}
                max={36_500}
                error={error}
                refusal={refused.retention_days}
                onChange={ask}
              />
            )}
          </>
        )}
      </Row>
      {asked !== null && (
        <Question
          text={data.keepQuestion(textOf(asked))}
          yes={data.keepYes}
          onNo={() => {
            setAsked(null);
            setOther(false);
          }}
          onYes={() => {
            change({ retention_days: asked });
            setAsked(null);
            setOther(false);
          }}
        />
      )}
    </>
  );
}
