import { ArrowDown, ArrowUp } from "lucide-react";
import { useFormat, useMessages } from "@/i18n";
import type { DashboardState } from "../data/useDashboard";
import { useBefore } from "./useBefore";

/** The credits of the range against those of the span before it. */
export function Change({ state, credits }: { state: DashboardState; credits: number }) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const before = useBefore(state);
  if (before === null) return figures.creditsNote;
  if (!before.isKnown) return figures.beforeUnknown;
  if (before.credits === 0) return figures.noChange;
  const change = credits / before.credits - 1;
  if (Math.abs(change) < 0.005) return figures.same;
  const Icon = change > 0 ? ArrowUp : ArrowDown;
  const text = format.change(change);
  return (
    <span
      className="inline-flex min-w-0 items-center gap-1"
      title={figures.change(text, format.number(before.credits))}
    >
      <span className="inline-flex items-center gap-0.5 font-medium text-ink">
        <Icon size={12} aria-hidden="true" />
        {text}
      </span>
      <span className="truncate">{figures.changeShort}</span>
    </span>
  );
}
