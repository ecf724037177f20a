import { Hint } from "@/components/ui/Hint";
import { useMessages } from "@/i18n";

/** Says that a sum may be too low, and on hover or focus why. */
export function AtLeast() {
  const { figures } = useMessages().dashboard;
  return (
    <Hint text={figures.atLeastWhy}>
      <button
        type="button"
        className="relative rounded-md bg-warn-soft px-1.5 py-0.5 text-xs font-medium tracking-normal whitespace-nowrap text-warn before:absolute before:-inset-3 before:content-['']"
      >
        {figures.atLeast}
      </button>
    </Hint>
  );
}
