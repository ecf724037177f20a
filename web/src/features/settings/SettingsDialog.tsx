import { Dialog } from "@/components/ui/Dialog";
import { useAddress } from "@/hooks/useAddress";
import { useMessages } from "@/i18n";

/** All settings, saved as they are made. */
export function SettingsDialog() {
  const messages = useMessages();
  const [, changeAddress] = useAddress();
  return (
    <Dialog
      open
      onOpenChange={() => changeAddress({ dialog: null })}
      title={messages.settings.title}
      description={null}
      form="side"
    >
      {null}
    </Dialog>
  );
}
