import { X } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/Notice";
import { useMessages } from "@/i18n";

/** A notice that needs no action; dismissed, it stays away until the page is loaded again. */
export function DismissibleNotice(props: ComponentProps<typeof Notice>) {
  const { strip } = useMessages().dashboard;
  const [isDismissed, setDismissed] = useState(false);
  if (isDismissed) return null;
  const dismiss = (
    <Button variant="ghost" square aria-label={strip.dismiss} onClick={() => setDismissed(true)}>
      <X size={16} aria-hidden="true" />
    </Button>
  );
  return <Notice {...props} dismiss={dismiss} />;
}
