import { type ReactNode, useId } from "react";
import { cn } from "@/lib/cn";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4 border-t border-line pt-5">
      <h3 id={id} className="text-sm font-semibold">
        {title}
      </h3>
      {children}
    </section>
  );
}

interface RowProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** Given where the control is a group that names itself. */
  readonly isGroup?: boolean;
  /** For controls that are small enough to fit beside their name on a phone. */
  readonly isInline?: boolean;
  readonly children: (control: {
    readonly id: string;
    readonly "aria-describedby": string | undefined;
    readonly "aria-invalid": boolean;
  }) => ReactNode;
}

/** A setting: its name on the left, its control on the right, its description below. */
export function Row({ label, hint, error, isGroup = false, isInline = false, children }: RowProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  const Label = isGroup ? "span" : "label";
  return (
    <div
      className={cn(
        "grid items-start gap-x-6 gap-y-2 sm:grid-cols-[1fr_15rem]",
        isInline ? "grid-cols-[1fr_auto]" : "grid-cols-[1fr]",
      )}
    >
      <div className="flex flex-col gap-0.5 sm:pt-1.5">
        <Label {...(isGroup ? {} : { htmlFor: id })} className="text-sm font-medium">
          {label}
        </Label>
        {note && (
          <p
            id={noteId}
            role={error ? "alert" : undefined}
            className={cn("text-xs", error ? "text-bad" : "text-faint")}
          >
            {note}
          </p>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-2 sm:items-stretch">
        {children({
          id,
          "aria-describedby": note ? noteId : undefined,
          "aria-invalid": Boolean(error),
        })}
      </div>
    </div>
  );
}

export type Fact = readonly [term: string, value: ReactNode, hint?: string | undefined];

interface FactsProps {
  readonly facts: readonly Fact[];
}

/** Facts as terms and values. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
      {facts.map(([term, value, hint]) => (
        <div key={term} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-muted">{term}</dt>
          <dd className="figure-nums min-w-0 text-right break-words">
            {typeof value === "string" ? <span>{value}</span> : value}
            {hint && <span className="block text-xs text-faint">{hint}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
