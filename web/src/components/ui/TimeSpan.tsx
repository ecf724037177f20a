import { TimeField } from "./TimeField";

/** `HH:MM` */
type Time = string;

interface Props {
  readonly from: Time;
  readonly to: Time;
  readonly labels: { readonly from: string; readonly to: string };
  readonly onChange: (from: Time, to: Time) => void;
}

/** From one time of day to another. */
export function TimeSpan({ from, to, labels, onChange }: Props) {
  return (
    <span className="flex items-center gap-1.5">
      <TimeField
        aria-label={labels.from}
        value={from}
        onChange={(time) => onChange(time, to)}
        className="min-w-0 flex-1"
      />
      <span aria-hidden="true">–</span>
      <TimeField
        aria-label={labels.to}
        value={to}
        onChange={(time) => onChange(from, time)}
        className="min-w-0 flex-1"
      />
    </span>
  );
}
