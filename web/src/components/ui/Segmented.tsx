import { type ReactNode, useId } from "react";
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
  /** The name by which the page's keys find it. */
  readonly shortcut?: string;
}

/** One of a few, all in sight: native radio buttons, so the arrow keys choose. */
export function Segmented<Value extends string>(props: Props<Value>) {
  const { label, value, options, onChange, className, wide = false, shortcut } = props;
  const group = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      data-shortcut={shortcut}
      className={cn(
        "inline-flex max-w-full flex-wrap rounded-lg bg-sunken p-0.5",
        wide && "flex",
        className,
      )}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            "touchable relative inline-flex h-7 items-center justify-center rounded-md px-2 text-sm font-medium whitespace-nowrap text-muted big:min-w-fit transition-colors duration-100 select-none hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-card has-checked:ring-1 has-checked:ring-line has-disabled:opacity-50 dark:has-checked:bg-hover forced-colors:has-checked:border-2 forced-colors:has-checked:underline",
            wide && "flex-1",
            option.className,
          )}
        >
          <input
            type="radio"
            name={group}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            aria-label={option.name}
            className="absolute inset-0 cursor-pointer appearance-none rounded-md disabled:cursor-default"
          />
          <span className="pointer-events-none inline-flex items-center">{option.label}</span>
        </label>
      ))}
    </div>
  );
}
