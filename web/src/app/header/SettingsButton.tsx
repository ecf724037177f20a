import { Settings } from "lucide-react";
import { Button } from "@/components/ui/Button";
import { Hint } from "@/components/ui/Hint";
import { changeAddress } from "@/hooks/useAddress";
import { useMessages } from "@/i18n";

/** Opens the settings; needs no data, so that it works whatever else fails. */
export function SettingsButton() {
  const { settings } = useMessages().dashboard;
  return (
    <Hint text={settings}>
      <Button
        variant="ghost"
        square
        aria-label={settings}
        onClick={() => changeAddress({ settings: "general" })}
      >
        <Settings size={16} aria-hidden="true" />
      </Button>
    </Hint>
  );
}
