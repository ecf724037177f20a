import { Popover } from "radix-ui";
import { useState } from "react";
import { useRange } from "@/api/useRange";
import { Button } from "@/components/ui/Button";
import type { AskedProps } from "@/components/ui/LazyMenu";
import { changeAddress } from "@/hooks/useAddress";
import { useMessages } from "@/i18n";
import { FAR_HOURS, type Range } from "@/lib/range";
import { CustomRange } from "./CustomRange";

/** Days, and a span between any two moments. */
export function FarRanges({ trigger, isOpenAtFirst }: AskedProps) {
  const texts = useMessages().dashboard.range;
  const range = useRange();
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const pick = (picked: Range) => {
    setOpen(false);
    changeAddress({ range: picked });
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={texts.more}
          className="z-50 w-72 animate-appear rounded-xl border border-line bg-raised p-3 shadow-pop"
        >
          <div className="grid grid-cols-3 gap-1.5">
            {FAR_HOURS.map((hours) => (
              <Button
                key={hours}
                aria-label={texts.daysLong(hours / 24)}
                aria-pressed={range.kind === "last" && range.hours === hours}
                className="aria-pressed:border-accent aria-pressed:text-accent"
                onClick={() => pick({ kind: "last", hours })}
              >
                {texts.dayCount(hours / 24)}
              </Button>
            ))}
          </div>
          <CustomRange range={range} onPick={pick} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
