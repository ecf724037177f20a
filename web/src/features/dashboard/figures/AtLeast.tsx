import { Hint } from "@/components/ui/Hint";
import { useMessages } from "@/i18n";
import { cn } from "@/lib/cn";

const LOOK =
  "rounded-md bg-warn-soft px-1.5 py-0.5 text-xs font-medium tracking-normal whitespace-nowrap text-warn";

/** Says that a sum may be too low, and on hover or focus why. */
export function AtLeast() {
  const { figures } = useMessages().dashboard;
  return (
    <Hint text={figures.atLeastWhy}>
      <button
        type="button"
        className={cn(LOOK, "relative before:absolute before:-inset-3 before:content-['']")}
      >
        {figures.atLeast}
      </button>
    </Hint>
  );
}

/** The same of another number, where it has been said why. */
export function AtLeastToo() {
  const { figures } = useMessages().dashboard;
  return <span className={LOOK}>{figures.atLeast}</span>;
}
