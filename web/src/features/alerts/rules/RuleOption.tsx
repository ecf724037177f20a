import { type ReactNode, useId } from "react";

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly children: (control: {
    readonly id: string;
    readonly "aria-describedby": string;
  }) => ReactNode;
}

/** One control of a rule's details, with its name and a hint. */
export function RuleOption({ label, hint, children }: Props) {
  const id = useId();
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
      <div className="min-w-0 flex-1 basis-48">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-xs text-faint">
          {hint}
        </p>
      </div>
      {children({ id, "aria-describedby": `${id}-hint` })}
    </div>
  );
}
