import { Card } from "@/components/ui/Card";
import { useMessages } from "@/i18n";

/** No cookie yet: three steps to the first curve. */
export function FirstVisit() {
  const messages = useMessages();
  return <Card className="mx-auto w-full max-w-2xl p-6">{messages.cookie.title}</Card>;
}
