import { Hint } from "@/components/ui/Hint";
import { useMessages } from "@/i18n";
import { cn } from "@/lib/cn";

const LOOK =
  "rounded-md bg-warn-soft px-1.5 py-0.5 text-xs font-medium tracking-normal whitespace-nowrap text-warn";

/** Marks a lower bound whose reason is beside it. */
export function LeastMark() {
  return <span className={LOOK}>{useMessages().dashboard.figures.atLeast}</span>;
}

/** Marks a lower bound; the reason on hover and focus. */
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
