import { ChevronDown } from "lucide-react";
import { lazy } from "react";
import { useRange } from "@/api/useRange";
import { Button } from "@/components/ui/Button";
import { LazyMenu } from "@/components/ui/LazyMenu";
import { Segmented } from "@/components/ui/Segmented";
import { changeAddress } from "@/hooks/useAddress";
import { type Messages, useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import { retrying } from "@/lib/platform/retrying";
import { NEAR_HOURS, type Range } from "@/lib/range";

const FarRanges = lazy(() =>
  retrying(() => import("./FarRanges")).then((part) => ({ default: part.FarRanges })),
);

type Texts = Messages["dashboard"]["range"];

const show = (range: Range) => changeAddress({ range });

/** The near ranges in sight, the far ones and a custom span one step away. */
export function RangePicker() {
  const texts = useMessages().dashboard.range;
  const range = useRange();
  const near = NEAR_HOURS.find((hours) => range.kind === "last" && hours === range.hours);
  return (
    <div className="flex min-w-0 items-center gap-2 max-sm:w-full">
      <Segmented
        label={texts.label}
        value={near === undefined ? null : String(near)}
        options={NEAR_HOURS.map((hours) => ({
          value: String(hours),
          label: (
            <>
              <span className="sm:hidden">{texts.hoursShort(hours)}</span>
              <span className="max-sm:hidden">{texts.hours(hours)}</span>
            </>
          ),
          name: texts.hoursLong(hours),
        }))}
        onChange={(hours) => show({ kind: "last", hours: Number(hours) })}
        className="no-scrollbar min-w-0 overflow-x-auto max-sm:flex-1"
        wide
      />
      <FarButton label={farLabel(range, near !== undefined, texts)} texts={texts} />
    </div>
  );
}

/** A far range in a few letters; null for a near one. */
function farLabel(range: Range, isNear: boolean, texts: Texts): string | null {
  if (isNear) return null;
  if (range.kind === "span") return texts.custom;
  return range.hours % 24 === 0 ? texts.days(range.hours / 24) : texts.hours(range.hours);
}

function FarButton({ label, texts }: { label: string | null; texts: Texts }) {
  return (
    <LazyMenu
      menu={FarRanges}
      opens="dialog"
      button={(asking) => (
        <Button
          aria-label={label === null ? texts.more : `${texts.more}: ${label}`}
          className={cn(label !== null && "border-accent text-accent")}
          {...asking}
        >
          {label}
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      )}
    />
  );
}
