import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

interface Props extends Omit<ComponentProps<"button">, "onChange"> {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
}

/** On or off. Tie a label to it by `id`, or give it an `aria-label`. */
export function Switch({ checked, onCheckedChange, className, ...rest }: Props) {
  const state = checked ? "checked" : "unchecked";
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      data-state={state}
      onClick={() => onCheckedChange(!checked)}
      className={cn(
        "group relative inline-flex h-5 w-9 shrink-0 items-center rounded-full bg-line-strong transition-colors duration-150 disabled:opacity-50 data-[state=checked]:bg-accent forced-colors:border forced-colors:border-[ButtonText] forced-colors:data-[state=checked]:bg-[Highlight]",
        "before:absolute before:-inset-x-2 before:-inset-y-3 before:content-['']",
        className,
      )}
      {...rest}
    >
      <span
        data-state={state}
        className="block size-4 translate-x-0.5 rounded-full bg-surface shadow-sm transition-transform duration-150 data-[state=checked]:translate-x-[1.125rem] data-[state=checked]:bg-accent-ink forced-colors:bg-[ButtonText]"
      />
    </button>
  );
}
