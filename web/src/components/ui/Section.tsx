import { type ReactNode, useId } from "react";
import { cn } from "@/lib/cn";

interface SectionProps {
  readonly title: string;
  /** One sentence under the title. */
  readonly intro?: string;
  /** Fills the page; by default lines stay short enough to read. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** A section of the settings: its title above its groups. */
export function Section({ title, intro, isWide = false, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cn("flex min-w-0 flex-col gap-5", !isWide && "max-w-3xl")}
    >
      <div>
        <h2 id={id} className="text-xl font-semibold tracking-tight">
          {title}
        </h2>
        {intro && <p className="mt-0.5 text-sm text-muted">{intro}</p>}
      </div>
      {children}
    </section>
  );
}

interface GroupProps {
  readonly title?: string;
  /** A button beside the title. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** Settings that belong together, as one card; its children are rows and cells. */
export function Group({ title, action, children }: GroupProps) {
  const id = useId();
  return (
    <section aria-labelledby={title && id} className="flex flex-col gap-2">
      {title && (
        <div className="flex items-center justify-between gap-4">
          <h3 id={id} className="text-sm font-semibold">
            {title}
          </h3>
          {action}
        </div>
      )}
      <div className="divide-y divide-line rounded-xl border border-line bg-surface shadow-card">
        {children}
      </div>
    </section>
  );
}

/** Free content within a group. */
export function Cell({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-3 px-4 py-3.5 sm:px-5">{children}</div>;
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
        "grid items-start gap-x-6 gap-y-2 px-4 py-3.5 sm:grid-cols-[1fr_15rem] sm:px-5",
        isInline ? "grid-cols-[minmax(0,1fr)_auto] big:grid-cols-1" : "grid-cols-[minmax(0,1fr)]",
      )}
    >
      <div className="flex flex-col gap-0.5 sm:pt-1.5">
        <Label {...(isGroup ? {} : { htmlFor: id })} className="text-sm font-medium wrap-anywhere">
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
      <div className={cn("flex min-w-0 flex-col gap-2", isInline && "items-end sm:pt-1")}>
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
  /** Without the padding of a cell. */
  readonly isPlain?: boolean;
}

/** Facts as terms and values. */
export function Facts({ facts, isPlain = false }: FactsProps) {
  return (
    <dl
      className={cn(
        "grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm big:grid-cols-1",
        !isPlain && "px-4 py-3.5 sm:px-5",
      )}
    >
      {facts.map(([term, value, hint]) => (
        <div key={term} className="col-span-2 grid grid-cols-subgrid big:col-span-1">
          <dt className="text-muted">{term}</dt>
          <dd className="figure-nums min-w-0 text-right wrap-anywhere big:text-left">
            {typeof value === "string" ? <span>{value}</span> : value}
            {hint && <span className="block text-xs text-faint">{hint}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
