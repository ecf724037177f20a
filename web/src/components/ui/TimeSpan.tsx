import { TimeField } from "./TimeField";

/** `HH:MM` */
type Time = string;

interface Props {
  readonly from: Time;
  readonly to: Time;
  readonly labels: { readonly from: string; readonly to: string };
  readonly onChange: (from: Time, to: Time) => void;
}

/** Two fields beside each other have no room for the browser's clock. */
const FIELD = "min-w-0 flex-1 [&::-webkit-calendar-picker-indicator]:sm:hidden";

/** From one time of day to another. */
export function TimeSpan({ from, to, labels, onChange }: Props) {
  return (
    <span className="flex items-center gap-1.5">
      <TimeField
        aria-label={labels.from}
        value={from}
        onChange={(time) => onChange(time, to)}
        className={FIELD}
      />
      <span aria-hidden="true">–</span>
      <TimeField
        aria-label={labels.to}
        value={to}
        onChange={(time) => onChange(from, time)}
        className={FIELD}
      />
    </span>
  );
}
