import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

interface Option {
  readonly value: string;
  readonly label: string;
}

interface OptionGroup {
  readonly label: string;
  readonly options: readonly Option[];
}

interface Props extends Omit<ComponentProps<"select">, "onChange" | "children"> {
  readonly options: readonly (Option | OptionGroup)[];
  readonly onChange: (value: string) => void;
}

/** One of many: the browser's own list, which every keyboard and phone knows how to use. */
export function Select({ options, onChange, className, ...rest }: Props) {
  return (
    <span className={cn("relative inline-flex", className)}>
      <select
        {...rest}
        onChange={(event) => onChange(event.target.value)}
        className="touchable h-9 w-full appearance-none truncate rounded-lg border border-line-strong bg-surface pr-8 pl-3 text-sm text-ink disabled:opacity-50 aria-invalid:border-bad"
      >
        {options.map((one) =>
          "options" in one ? (
            <optgroup key={one.label} label={one.label}>
              {one.options.map(optionOf)}
            </optgroup>
          ) : (
            optionOf(one)
          ),
        )}
      </select>
      <ChevronDown
        size={14}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-muted"
      />
    </span>
  );
}

function optionOf({ value, label }: Option) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}
