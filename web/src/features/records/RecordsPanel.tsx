import { useMessages } from "@/i18n";

/** The single requests, newest first. */
export function RecordsPanel() {
  const messages = useMessages();
  return <p className="p-6 text-muted">{messages.records.title}</p>;
}
