import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/Button";
import { Field, TextInput } from "@/components/ui/Field";
import { useClock } from "@/hooks/useNow";
import { useFormat, useMessages } from "@/i18n";
import { type NamedRange, type Range, type Span, spanUpTo } from "@/lib/range";
import { fromFieldText, toFieldText } from "@/lib/time";

interface Props {
  readonly range: Range;
  readonly onPick: (range: NamedRange) => void;
}

/** Two moments by the clock of the zone that is shown. */
export function CustomRange({ range, onPick }: Props) {
  const messages = useMessages();
  const texts = messages.dashboard.range;
  const format = useFormat();
  const clock = useClock();
  const [start] = useState<Span>(() => spanUpTo(range, clock.now()));
  const [from, setFrom] = useState(() => toFieldText(start.from, format.zone));
  const [to, setTo] = useState(() => toFieldText(start.to, format.zone));
  const [error, setError] = useState<string>();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const span = { from: fromFieldText(from, format.zone), to: fromFieldText(to, format.zone) };
    if (span.from === null || span.to === null) setError(texts.unreadable);
    else if (span.from >= span.to) setError(texts.order);
    else onPick({ kind: "span", from: span.from, to: span.to });
  };

  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <h3 className="text-xs font-medium text-faint">{texts.customTitle}</h3>
      <Field label={texts.from} error={error}>
        {(control) => (
          <TextInput
            {...control}
            type="datetime-local"
            required
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        )}
      </Field>
      <Field label={texts.to} hint={messages.common.zone(format.zoneName(start.to))}>
        {(control) => (
          <TextInput
            {...control}
            type="datetime-local"
            required
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary">
        {texts.apply}
      </Button>
    </form>
  );
}
