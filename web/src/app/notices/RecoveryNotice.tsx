import { DatabaseZap } from "lucide-react";
import { useLiveState } from "@/api/LiveContext";
import { useMessages } from "@/i18n";
import { DismissibleNotice } from "./DismissibleNotice";

/** Says that the database was damaged, until the program is started again. */
export function RecoveryNotice() {
  const { strip } = useMessages().dashboard;
  const file = useLiveState(({ status }) => status?.recovered_from ?? null);
  if (file === null) return null;
  return (
    <DismissibleNotice
      tone="bad"
      role="alert"
      icon={<DatabaseZap size={18} />}
      title={strip.recovered}
    >
      <span>{strip.recoveredKept}</span> <code className="break-all">{file}</code>
    </DismissibleNotice>
  );
}
