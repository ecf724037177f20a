import { Tooltip } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

interface Props {
  readonly text: ReactNode;
  /** One element that can have the focus. */
  readonly children: ReactElement;
  readonly side?: "top" | "bottom";
}

/** A short note on hover and focus. Never the only place where something stands. */
export function Hint({ text, children, side = "bottom" }: Props) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 animate-appear rounded-lg border border-line bg-raised px-2.5 py-1.5 text-xs text-ink shadow-pop"
        >
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
