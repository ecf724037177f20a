import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "@/lib/cn";

interface Props {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** The value's fault; shown at the field and read out. */
  readonly error?: ReactNode;
  readonly children: (control: {
    readonly id: string;
    readonly "aria-describedby": string | undefined;
    readonly "aria-invalid": boolean;
  }) => ReactNode;
}

/** A label, a control and its description, linked for screen readers. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": note ? noteId : undefined,
        "aria-invalid": Boolean(error),
      })}
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
  );
}

const CONTROL =
  "w-full rounded-lg border border-line-strong bg-surface px-3 text-sm text-ink placeholder:text-faint aria-invalid:border-bad";

export function TextInput({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input className={cn(CONTROL, "touchable h-9 disabled:opacity-50", className)} {...rest} />
  );
}
