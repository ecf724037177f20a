import { useLiveState } from "@/api/LiveContext";
import { Hint } from "@/components/ui/Hint";
import { useMessages } from "@/i18n";

/** Says that the data is made up. */
export function DemoTag() {
  const isDemo = useLiveState((state) => state.status?.demo ?? false);
  const { demo, demoNote } = useMessages().common;
  if (!isDemo) return null;
  return (
    <Hint text={demoNote}>
      <button
        type="button"
        aria-label={`${demo}. ${demoNote}`}
        className="relative rounded-md border border-line bg-sunken px-1.5 text-2xs font-medium text-muted before:absolute before:-inset-2.5 before:content-['']"
      >
        {demo}
      </button>
    </Hint>
  );
}
