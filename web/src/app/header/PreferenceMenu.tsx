import { Languages, Monitor, Moon, Sun } from "lucide-react";
import { type ComponentProps, lazy, type ReactNode } from "react";
import { useSettings } from "@/api/LiveContext";
import { Button } from "@/components/ui/Button";
import { LazyMenu } from "@/components/ui/LazyMenu";
import { useMessages } from "@/i18n";
import { retrying } from "@/lib/platform/retrying";

const LanguageMenu = lazy(() =>
  retrying(() => import("./menus")).then((part) => ({ default: part.LanguageMenu })),
);
const ThemeMenu = lazy(() =>
  retrying(() => import("./menus")).then((part) => ({ default: part.ThemeMenu })),
);

const ICONS = { auto: Monitor, light: Sun, dark: Moon };

/** Language and theme, a click away. */
export function PreferenceMenu() {
  const { common } = useMessages();
  const ThemeIcon = ICONS[useSettings()?.theme ?? "auto"];
  return (
    <>
      <LazyMenu
        menu={LanguageMenu}
        opens="menu"
        button={(asking) => (
          <IconButton label={common.language} icon={<Languages size={16} />} {...asking} />
        )}
      />
      <LazyMenu
        menu={ThemeMenu}
        opens="menu"
        button={(asking) => (
          <IconButton label={common.theme} icon={<ThemeIcon size={16} />} {...asking} />
        )}
      />
    </>
  );
}

interface IconButtonProps extends ComponentProps<"button"> {
  readonly label: string;
  readonly icon: ReactNode;
}

function IconButton({ label, icon, ...rest }: IconButtonProps) {
  return (
    <Button variant="ghost" square aria-label={label} title={label} {...rest}>
      {icon}
    </Button>
  );
}
