import { useState } from "react";
import { useRemovable } from "@/api/commands";
import type { Removable } from "@/api/types";
import { Question } from "@/components/ui/Question";
import { Row } from "@/components/ui/Section";
import { Select } from "@/components/ui/Select";
import { useFormat, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { parseInstant } from "@/lib/time";
import { isOffered, OTHER, RETENTIONS_D } from "./choices";
import { NumberField } from "./NumberField";
import { useSettingsTexts } from "./texts";
import { useSetting } from "./useSetting";

const ALL = "all";

/** How long single requests are kept; nothing is removed before a question that says what. */
export function Retention({ days }: { days: number | null }) {
  const { data, other, refused } = useSettingsTexts();
  const { keep, asked, removable, error, cancel, confirm } = useRetention();
  const [isOther, setOther] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const wanted = asked ?? days;
  const showsOther = isOther || (wanted !== null && !isOffered(RETENTIONS_D, wanted));
  const pick = (value: string) => {
    setOther(value === OTHER);
    if (value !== OTHER) keep(value === ALL ? null : Number(value));
  };
  const dismiss = () => {
    setOther(false);
    setAttempt(attempt + 1);
    cancel();
  };
  const options = [
    { value: ALL, label: data.keepAll },
    ...RETENTIONS_D.map((count) => ({ value: String(count), label: data.keepDays(count) })),
    { value: OTHER, label: other },
  ];
  return (
    <>
      <Row label={data.keep} hint={data.keepHint} error={showsOther ? undefined : error}>
        {(control) => (
          <>
            <Select
              {...control}
              options={options}
              value={showsOther ? OTHER : String(wanted ?? ALL)}
              onChange={pick}
            />
            {showsOther && (
              <NumberField
                key={`${days} ${attempt}`}
                label={data.days}
                hint={data.daysHint}
                value={days}
                min={1}
                max={36_500}
                error={error}
                refusal={refused.retention_days}
                onChange={keep}
              />
            )}
          </>
        )}
      </Row>
      {removable && <RemoveQuestion removable={removable} onYes={confirm} onNo={dismiss} />}
    </>
  );
}

interface QuestionProps {
  readonly removable: Removable;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

function RemoveQuestion({ removable: { records, before }, onYes, onNo }: QuestionProps) {
  const { data } = useSettingsTexts();
  const format = useFormat();
  const moment = format.instant(parseInstant(before) ?? 0).slice(0, 16);
  return (
    <Question
      text={data.removeQuestion(format.number(records), records === 1, moment)}
      detail={data.removeDetail}
      yes={data.removeYes}
      onYes={onYes}
      onNo={onNo}
    />
  );
}

/** Saves a retention: at once where it removes nothing, else after it was confirmed. */
function useRetention() {
  const messages = useMessages();
  const { refused } = useSettingsTexts();
  const { change, error: refusal, forget } = useSetting("retention_days");
  const { mutate, reset, data, variables, error } = useRemovable();
  const save = (days: number | null) => {
    reset();
    change({ retention_days: days });
  };
  const keep = (days: number | null) => {
    if (days !== null && days === variables && !error) return;
    forget();
    if (days === null) save(null);
    else mutate(days, { onSuccess: ({ records }) => records === 0 && save(days) });
  };
  const isAsking = data !== undefined && data.records > 0;
  return {
    keep,
    /** The days that are asked about, or being looked into. */
    asked: error ? null : (variables ?? null),
    removable: isAsking ? data : null,
    error: error ? refused.other(problemText(messages, error)) : refusal,
    cancel: reset,
    confirm: () => save(variables ?? null),
  };
}
