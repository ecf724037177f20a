import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { wrapTexts } from "./wrapTexts";

type Tone = "calm" | "warn" | "bad";

const ICON_TONES: Readonly<Record<Tone, string>> = {
  calm: "bg-sunken text-muted",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
};

interface Props {
  readonly tone: Tone;
  readonly icon: ReactNode;
  readonly title: string;
  /** One sentence. */
  readonly children?: ReactNode;
  /** A countdown: for the eye, a screen reader does not announce every second. */
  readonly countdown?: ReactNode;
  /** At most two buttons. */
  readonly actions?: ReactNode;
  /** The button that closes the notice; at the title's height also on a phone. */
  readonly dismiss?: ReactNode;
  /** `alert` interrupts a screen reader, `status` waits its turn. */
  readonly role?: "alert" | "status";
}

/** A bar of the `Notices` below the content. */
export function Notice(props: Props) {
  const { tone, icon, title, children, countdown, actions, dismiss, role = "status" } = props;
  return (
    <div
      data-tone={tone}
      className="pointer-events-auto flex w-full animate-appear flex-wrap items-center gap-x-4 gap-y-3 rounded-2xl border border-line-strong/50 bg-raised px-3.5 py-2.5 text-sm shadow-pop sm:p-3.5 sm:w-auto sm:max-w-4xl sm:flex-nowrap"
    >
      <div role={role} className="flex min-w-0 flex-1 basis-40 items-center sm:basis-64 gap-3.5">
        <span
          aria-hidden="true"
          className={cn(
            "flex size-9 shrink-0 items-center justify-center rounded-lg border border-transparent",
            ICON_TONES[tone],
            // A phone has no room to spare for what needs no attention.
            tone === "calm" && "max-sm:hidden",
          )}
        >
          {icon}
        </span>
        <div className="min-w-0">
          <p className="font-semibold">{title}</p>
          {children && <div className="text-muted max-sm:text-xs">{wrapTexts(children)}</div>}
        </div>
      </div>
      {dismiss && <div className="self-start sm:order-last sm:self-center">{dismiss}</div>}
      {(countdown || actions) && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 sm:shrink-0 sm:flex-nowrap max-sm:w-full max-sm:[&_button]:flex-1">
          {countdown && (
            <span aria-hidden="true" className="whitespace-nowrap text-muted figure-nums">
              {countdown}
            </span>
          )}
          {actions}
        </div>
      )}
    </div>
  );
}
