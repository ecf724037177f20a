import type { ReactNode } from "react";
import { useFormat } from "@/i18n";
import { cn } from "@/lib/cn";

interface FigureProps {
  readonly name: string;
  /** The value's unit, at the end of the first line. */
  readonly scope?: string;
  /** A reservation about the value, beside its name. */
  readonly mark?: ReactNode;
  readonly value: ReactNode;
  readonly note: ReactNode;
  readonly picture?: ReactNode;
  /** Whether a phone leaves it to the table. */
  readonly isWide?: boolean;
  /** Whether it is beside another on a phone: its note may take two lines, whose place is kept. */
  readonly isHalf?: boolean;
  readonly className?: string;
}

export function Figure({
  name,
  scope,
  mark,
  value,
  note,
  picture,
  isWide = false,
  isHalf = false,
  className,
}: FigureProps) {
  return (
    <div
      className={cn(
        "flex min-w-0 flex-col bg-surface px-4 py-3 sm:px-5 sm:py-4",
        isWide && "max-sm:hidden",
        className,
      )}
    >
      <dt className="flex h-5 items-center gap-2 text-sm text-muted big:h-auto big:flex-wrap">
        <span className="shrink-0">{name}</span>
        {mark}
        {scope && (
          <span title={scope} className="ml-auto min-w-0 truncate text-xs text-faint max-sm:hidden">
            {scope}
          </span>
        )}
      </dt>
      <dd className="flex min-w-0 flex-col">
        <span className="flex h-8 min-w-0 items-baseline gap-1.5 big:h-auto big:flex-wrap text-2xl font-semibold tracking-tight figure-nums sm:h-10 sm:text-[1.875rem] sm:leading-10">
          {value}
        </span>
        <span
          className={cn(
            "flex min-h-5 min-w-0 flex-wrap items-center gap-x-1.5 text-xs text-muted figure-nums",
            isHalf && "max-sm:min-h-9 max-sm:content-start",
          )}
        >
          {note}
        </span>
        <span className="mt-1 flex h-8 items-end max-sm:hidden">{picture}</span>
      </dd>
    </div>
  );
}

export function Unit({ children }: { children: string }) {
  return <span className="text-sm font-normal tracking-normal text-muted">{children}</span>;
}

/** The unit after an amount; the sign of yuan is before it. */
export function AmountUnit() {
  const { unit, unitName } = useFormat();
  return unit === "credits" ? <Unit>{unitName}</Unit> : null;
}
