import { TextInput } from "@/components/ui/Field";
import { useRecordsTexts } from "./texts";

interface Props {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

/** The fewest credits a request may have cost to be shown. Only digits can be written. */
export function LeastCredits({ value, onChange }: Props) {
  const { filters } = useRecordsTexts();
  const write = (text: string) => {
    const digits = text.replace(/\D/g, "").slice(0, 9);
    onChange(digits === "" ? null : Number(digits));
  };
  return (
    <span className="md:w-32">
      <TextInput
        aria-label={filters.least}
        placeholder={filters.least}
        inputMode="numeric"
        autoComplete="off"
        value={value ?? ""}
        onChange={(event) => write(event.target.value)}
        className="figure-nums"
      />
    </span>
  );
}
