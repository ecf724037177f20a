import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";
import { wrapTexts } from "./wrapTexts";

/** A link to another site that looks like a button. */
export function LinkButton({ className, children, ...rest }: ComponentProps<"a">) {
  return (
    <a
      target="_blank"
      rel="noreferrer"
      className={cn(
        "touchable inline-flex h-8 items-center justify-center gap-1.5 rounded-lg border border-line bg-surface px-3 text-sm font-medium whitespace-nowrap shadow-card hover:bg-hover",
        className,
      )}
      {...rest}
    >
      {wrapTexts(children)}
    </a>
  );
}
