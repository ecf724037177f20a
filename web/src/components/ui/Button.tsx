import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";
import { wrapTexts } from "./wrapTexts";

type Variant = "primary" | "secondary" | "ghost" | "danger";

const LOOKS: Readonly<Record<Variant, string>> = {
  primary: "bg-accent text-accent-ink hover:bg-accent-hover",
  secondary: "border border-line bg-surface text-ink shadow-card hover:bg-hover",
  ghost: "text-muted hover:bg-hover hover:text-ink",
  danger: "border border-line bg-surface text-bad hover:bg-bad-soft",
};

interface Props extends ComponentProps<"button"> {
  readonly variant?: Variant;
  readonly size?: "small" | "medium" | "large";
  /** Square, for an icon only; requires an `aria-label`. */
  readonly square?: boolean;
}

const HEIGHTS = { small: "h-7 text-xs", medium: "h-8 text-sm", large: "h-10 text-sm" };
const PADDINGS = { small: "px-2", medium: "px-3", large: "px-4" };
const WRAPPED =
  "big:h-auto big:max-w-full big:shrink big:min-w-min big:whitespace-normal big:break-words";
const SQUARES = { small: "w-7", medium: "w-8", large: "w-10" };

export function Button(props: Props) {
  const {
    variant = "secondary",
    size = "medium",
    square = false,
    className,
    children,
    ...rest
  } = props;
  return (
    <button
      type="button"
      className={cn(
        "touchable inline-flex shrink-0 items-center justify-center gap-1.5 rounded-lg font-medium whitespace-nowrap transition-colors duration-100 select-none disabled:opacity-50",
        HEIGHTS[size],
        square ? SQUARES[size] : `${PADDINGS[size]} ${WRAPPED}`,
        LOOKS[variant],
        className,
      )}
      {...rest}
    >
      {wrapTexts(children)}
    </button>
  );
}
