import { ArrowDown, ArrowUp } from "lucide-react";
import { useFormat, useMessages } from "@/i18n";
import type { DashboardState } from "../data/useDashboard";
import { previousName } from "./previousName";
import { useBefore } from "./useBefore";

interface Props {
  readonly state: DashboardState;
  readonly credits: number;
  /** Whether `credits` is a lower bound. */
  readonly isLeast: boolean;
}

/** The credits of the visible span against those of the previous one of the same length. */
export function Change({ state, credits, isLeast }: Props) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const before = useBefore(state);
  const previous = previousName(state, figures, format);
  if (before === null) return <span>…</span>;
  if (!before.isKnown) return <span>{figures.beforeUnknown(previous)}</span>;
  if (before.credits === 0) return <span>{figures.noChange(previous)}</span>;
  const title = figures.before(previous, format.amountWithUnit(before.credits));
  return (
    <span className="inline-flex items-center gap-1" title={title}>
      <ChangeMark share={credits / before.credits - 1} isLeast={isLeast} />
      <span>{figures.change(previous)}</span>
    </span>
  );
}

interface ChangeMarkProps {
  readonly share: number;
  /** Whether the present value is a lower bound: then a rise is at least this, a fall at most. */
  readonly isLeast: boolean;
}

/** An arrow with a percentage, without a judging colour: more is not worse. */
export function ChangeMark({ share, isLeast }: ChangeMarkProps) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const percent = Math.round(Math.abs(share) * 100) / 100;
  const isFall = share < 0 && percent > 0;
  const Icon = isFall ? ArrowDown : ArrowUp;
  return (
    <>
      {isLeast && <span>{isFall ? figures.atMost : figures.atLeast}</span>}
      <span className="inline-flex items-center gap-0.5 font-medium text-ink">
        {percent > 0 && <Icon size={12} role="img" aria-label={isFall ? "−" : "+"} />}
        <span>{format.percent(percent)}</span>
      </span>
    </>
  );
}
