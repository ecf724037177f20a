import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

interface Option<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** The name for screen readers, if the label is short. */
  readonly name?: string;
  readonly className?: string;
}

interface Props<Value extends string> {
  readonly label: string;
  /** Null if no option is chosen. */
  readonly value: Value | null;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly className?: string;
  /** Whether the options share the whole width. */
  readonly wide?: boolean;
}

/** One of a few, all in sight. Arrow keys move between them. */
export function Segmented<Value extends string>(props: Props<Value>) {
  const { label, value, options, onChange, className, wide = false } = props;
  const pick = (picked: string) => {
    const option = options.find((candidate) => candidate.value === picked);
    if (option) onChange(option.value);
  };
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value ?? ""}
      onValueChange={pick}
      className={cn(
        "inline-flex max-w-full flex-wrap rounded-lg bg-sunken p-0.5",
        wide && "flex",
        className,
      )}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          aria-label={option.name}
          className={cn(
            "touchable inline-flex h-7 items-center justify-center rounded-md px-2.5 text-sm font-medium whitespace-nowrap text-muted transition-colors duration-100 select-none hover:text-ink data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-card data-[state=on]:ring-1 data-[state=on]:ring-line dark:data-[state=on]:bg-hover forced-colors:data-[state=on]:border-2 forced-colors:data-[state=on]:underline",
            wide && "flex-1",
            option.className,
          )}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
