import { X } from "lucide-react";
import { useLiveState } from "@/api/LiveContext";
import { Hint } from "@/components/ui/Hint";
import { useMessages } from "@/i18n";

const LOOK =
  "relative inline-flex items-center gap-0.5 rounded-md border border-line bg-sunken px-1.5 text-2xs font-medium whitespace-nowrap text-muted before:absolute before:-inset-3.5 before:content-['']";

/** Says that the data is made up; in a demo below the user's own page, it leads back there. */
export function DemoTag() {
  const isDemo = useLiveState(({ status }) => status?.demo ?? false);
  const isHosted = useLiveState(({ status }) => status?.hosted_demo ?? false);
  const { demo, demoNote, leaveDemo } = useMessages().common;
  if (!isDemo) return null;
  if (isHosted) {
    return (
      <Hint text={demoNote}>
        <a
          data-demo=""
          href="../"
          aria-label={`${demo} · ${leaveDemo}. ${demoNote}`}
          className={LOOK}
        >
          <span>{demo}</span>
          <span className="max-xl:hidden">{` · ${leaveDemo}`}</span>
          <X size={11} aria-hidden="true" />
        </a>
      </Hint>
    );
  }
  return (
    <Hint text={demoNote}>
      <button type="button" data-demo="" aria-label={`${demo}. ${demoNote}`} className={LOOK}>
        {demo}
      </button>
    </Hint>
  );
}
