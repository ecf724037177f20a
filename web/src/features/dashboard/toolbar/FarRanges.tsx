import { Popover } from "radix-ui";
import { useState } from "react";
import { useRange } from "@/api/useRange";
import { Button } from "@/components/ui/Button";
import type { AskedProps } from "@/components/ui/LazyMenu";
import { changeAddress } from "@/hooks/useAddress";
import { useMessages } from "@/i18n";
import { PERIODS_ON_PAGE } from "@/lib/period";
import type { NamedRange } from "@/lib/range";
import { CustomRange } from "./CustomRange";
import { periodLabel, periodName } from "./labels";

/** Days, where the control has no room for them, and a span between any two moments. */
export function FarRanges({ trigger, isOpenAtFirst }: AskedProps) {
  const texts = useMessages().dashboard.range;
  const range = useRange();
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const pick = (picked: NamedRange) => {
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
          className="z-50 w-76 animate-appear rounded-xl border border-line bg-raised p-3 shadow-pop"
        >
          <div className="mb-3 grid grid-cols-3 gap-1.5 border-b border-line pb-3 xl:hidden">
            {PERIODS_ON_PAGE.map((period) => (
              <Button
                key={period}
                aria-label={periodName(period, texts)}
                aria-pressed={range.kind === "days" && range.period === period}
                className="aria-pressed:border-accent aria-pressed:text-accent"
                onClick={() => pick({ kind: "days", period })}
              >
                {periodLabel(period, texts)}
              </Button>
            ))}
          </div>
          <CustomRange range={range} onPick={pick} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
