import { DatabaseZap } from "lucide-react";
import { useLiveState } from "@/api/LiveContext";
import { Notice } from "@/components/ui/Notice";
import { useMessages } from "@/i18n";

/** Says that the database was found damaged, until the program is started anew. */
export function RecoveryNotice() {
  const { strip } = useMessages().dashboard;
  const kept = useLiveState(({ status }) => status?.recovered_from ?? null);
  if (kept === null) return null;
  return (
    <Notice tone="bad" role="alert" icon={<DatabaseZap size={16} aria-hidden="true" />}>
      <span className="font-medium">{strip.recovered}</span>{" "}
      <span className="text-muted">
        <span>{strip.recoveredKept}</span> <code className="break-all">{kept}</code>
      </span>
    </Notice>
  );
}
