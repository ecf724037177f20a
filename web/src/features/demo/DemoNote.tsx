import { FlaskConical } from "lucide-react";
import { useLiveState } from "@/api/LiveContext";
import { Notice } from "@/components/ui/Notice";
import { useMessages } from "@/i18n";

/** Says that what is shown is made up. */
export function DemoNote() {
  const isDemo = useLiveState((state) => state.status?.demo ?? false);
  const { demo, demoNote } = useMessages().common;
  if (!isDemo) return null;
  return (
    <Notice tone="calm" icon={<FlaskConical size={16} aria-hidden="true" />}>
      <strong className="font-semibold">{demo}</strong> ·{" "}
      <span className="text-muted">{demoNote}</span>
    </Notice>
  );
}
