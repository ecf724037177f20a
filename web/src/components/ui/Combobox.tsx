import { ChevronsUpDown } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { Choices, type ChoicesProps } from "./ComboboxChoices";

interface Props extends ChoicesProps {
  readonly id: string;
  readonly "aria-describedby"?: string | undefined;
  readonly "aria-invalid"?: boolean;
}

/** One of very many: a button with the present one, and a list that can be searched. */
export function Combobox(props: Props) {
  const { id, options, value, label } = props;
  const [isOpen, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen} modal>
      <Popover.Trigger
        id={id}
        aria-describedby={props["aria-describedby"]}
        data-invalid={props["aria-invalid"] || undefined}
        aria-label={`${label}: ${chosen?.label ?? value}`}
        className="touchable flex h-9 w-full items-center gap-2 rounded-lg border border-line-strong bg-surface px-3 text-left text-sm disabled:opacity-50 data-invalid:border-bad"
      >
        <span className="min-w-0 flex-1 truncate" title={chosen?.label ?? value}>
          {chosen?.label ?? value}
        </span>
        <ChevronsUpDown size={14} aria-hidden="true" className="shrink-0 text-muted" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          className="z-50 flex w-80 max-w-[calc(100vw-1rem)] animate-appear flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-pop"
        >
          <Choices {...props} onDone={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
