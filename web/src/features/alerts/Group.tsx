import { type ReactNode, useId } from "react";

interface Props {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** Alert settings that belong together, as a card under its title. */
export function Group({ title, action, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <div className="flex min-h-8 items-center justify-between gap-4">
        <h3 id={id} className="text-sm font-semibold">
          {title}
        </h3>
        {action}
      </div>
      <div className="rounded-xl border border-line bg-surface text-sm shadow-card">{children}</div>
    </section>
  );
}
