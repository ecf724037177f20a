import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { wrapTexts } from "./wrapTexts";

type Tone = "calm" | "good" | "warn" | "bad";

const TONES: Readonly<Record<Tone, string>> = {
  calm: "border-line bg-sunken text-ink",
  good: "border-good/25 bg-good-soft text-ink [&_svg]:text-good",
  warn: "border-warn/30 bg-warn-soft text-ink [&_svg]:text-warn",
  bad: "border-bad/30 bg-bad-soft text-ink [&_svg]:text-bad",
};

interface Props {
  readonly tone: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  /** What can be done about it. */
  readonly actions?: ReactNode;
  /** `alert` interrupts a screen reader, `status` waits its turn. */
  readonly role?: "alert" | "status";
}

/** A quiet strip across the page. */
export function Notice({ tone, icon, children, actions, role = "status" }: Props) {
  return (
    <div
      className={cn(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border px-4 py-2.5 text-sm",
        TONES[tone],
      )}
    >
      {icon && <span className="shrink-0">{icon}</span>}
      <div role={role} className="min-w-0 flex-1 basis-56">
        {wrapTexts(children)}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
