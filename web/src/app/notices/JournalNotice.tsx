import { DatabaseZap } from "lucide-react";
import { useLiveState } from "@/api/LiveContext";
import { useMessages } from "@/i18n";
import { DismissibleNotice } from "./DismissibleNotice";

/** Says that another database's journal was found beside a copied database file. */
export function JournalNotice() {
  const { strip } = useMessages().dashboard;
  const file = useLiveState(({ status }) => status?.other_journal ?? null);
  if (file === null) return null;
  return (
    <DismissibleNotice tone="warn" icon={<DatabaseZap size={18} />} title={strip.otherJournal}>
      <span>{strip.otherJournalKept}</span> <code className="break-all">{file}</code>
    </DismissibleNotice>
  );
}
