/** The menus of the header: language and theme. */
import { useChangeSettings } from "@/api/commands";
import { useSettings } from "@/api/LiveContext";
import type { LocaleSetting, Settings, ThemeSetting } from "@/api/types";
import type { AskedProps } from "@/components/ui/LazyMenu";
import { Menu, MenuChoice } from "@/components/ui/Menu";
import { useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { toast } from "@/lib/toast";

const LOCALES: readonly LocaleSetting[] = ["auto", "en", "zh-CN"];
const THEMES: readonly ThemeSetting[] = ["auto", "light", "dark"];

function useChange() {
  const messages = useMessages();
  const { mutate } = useChangeSettings();
  return (part: Partial<Settings>) =>
    mutate(part, {
      onError: (problem) =>
        toast.error(messages.dashboard.settingsFailed(problemText(messages, problem))),
    });
}

export function LanguageMenu({ trigger, isOpenAtFirst }: AskedProps) {
  const { common } = useMessages();
  const change = useChange();
  return (
    <Menu trigger={trigger} isOpenAtFirst={isOpenAtFirst}>
      <MenuChoice
        label={common.language}
        value={useSettings()?.locale ?? "auto"}
        options={LOCALES.map((value) => ({ value, label: common.locales[value] }))}
        onChange={(locale) => change({ locale })}
      />
    </Menu>
  );
}

export function ThemeMenu({ trigger, isOpenAtFirst }: AskedProps) {
  const { common } = useMessages();
  const change = useChange();
  return (
    <Menu trigger={trigger} isOpenAtFirst={isOpenAtFirst}>
      <MenuChoice
        label={common.theme}
        value={useSettings()?.theme ?? "auto"}
        options={THEMES.map((value) => ({ value, label: common.themes[value] }))}
        onChange={(theme) => change({ theme })}
      />
    </Menu>
  );
}
