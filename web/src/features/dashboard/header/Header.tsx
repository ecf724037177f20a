import { useMessages } from "@/i18n";

/** What stands on top of every face of the page. */
export function Header() {
  const messages = useMessages();
  return (
    <header className="border-b border-line px-6 py-3 font-semibold">{messages.common.name}</header>
  );
}
