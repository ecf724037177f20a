import type { LocaleSetting, Settings, ThemeSetting } from "@/api/types";
import { Group, Row, Section } from "@/components/ui/Section";
import { Segmented } from "@/components/ui/Segmented";
import { Select } from "@/components/ui/Select";
import { useMessages } from "@/i18n";
import { AccessGroup } from "./AccessGroup";
import { RANGES_H } from "./choices";
import { NotifyRow } from "./NotifyRow";
import type { SectionProps } from "./sections";
import { type SettingsTexts, useSettingsTexts } from "./texts";
import { useSetting } from "./useSetting";
import { ZoneRow } from "./ZoneRow";

const LOCALES: readonly LocaleSetting[] = ["auto", "zh-CN", "en"];
const UNITS: readonly Settings["unit"][] = ["auto", "credits", "yuan"];
const THEMES: readonly ThemeSetting[] = ["auto", "light", "dark"];

/** How the page looks, and the way out of it. */
export function GeneralSection({ status, settings }: SectionProps) {
  const { names, intro } = useSettingsTexts();
  return (
    <Section title={names.general} intro={intro}>
      <Group>
        <DefaultRange hours={settings.range_hours} />
        <ZoneRow zone={settings.time_zone} />
        <UnitRow unit={settings.unit} />
        <Language locale={settings.locale} />
        <Theme theme={settings.theme} />
        <NotifyRow />
      </Group>
      {status.needs_key && <AccessGroup />}
    </Section>
  );
}

function DefaultRange({ hours }: { hours: number }) {
  const { display } = useSettingsTexts();
  const { change, error } = useSetting("range_hours");
  const offered = [...new Set([...RANGES_H, hours])].sort((one, other) => one - other);
  return (
    <Row label={display.range} hint={display.rangeHint} error={error}>
      {(control) => (
        <Select
          {...control}
          options={offered.map((h) => ({ value: String(h), label: rangeText(h, display) }))}
          value={String(hours)}
          onChange={(value) => change({ range_hours: Number(value) })}
        />
      )}
    </Row>
  );
}

function rangeText(hours: number, display: SettingsTexts["display"]): string {
  return hours > 24 && hours % 24 === 0 ? display.days(hours / 24) : display.hours(hours);
}

function Language({ locale }: { locale: LocaleSetting }) {
  const { display } = useSettingsTexts();
  const { locales } = useMessages().common;
  const { change, error } = useSetting("locale");
  return (
    <Row label={display.language} error={error}>
      {(control) => (
        <Select
          {...control}
          options={LOCALES.map((value) => ({ value, label: locales[value] }))}
          value={locale}
          onChange={(picked) => {
            const known = LOCALES.find((value) => value === picked);
            if (known) change({ locale: known });
          }}
        />
      )}
    </Row>
  );
}

function UnitRow({ unit }: { unit: Settings["unit"] }) {
  const { display } = useSettingsTexts();
  const { change, error } = useSetting("unit");
  return (
    <Row label={display.unit} hint={display.unitHint} error={error} isGroup>
      {() => (
        <Segmented
          label={display.unit}
          value={unit}
          options={UNITS.map((value) => ({ value, label: display.units[value] }))}
          onChange={(value) => change({ unit: value })}
          wide
        />
      )}
    </Row>
  );
}

function Theme({ theme }: { theme: ThemeSetting }) {
  const { display } = useSettingsTexts();
  const { themes } = useMessages().common;
  const { change, error } = useSetting("theme");
  return (
    <Row label={display.theme} error={error} isGroup>
      {() => (
        <Segmented
          label={display.theme}
          value={theme}
          options={THEMES.map((value) => ({ value, label: themes[value] }))}
          onChange={(value) => change({ theme: value })}
          wide
        />
      )}
    </Row>
  );
}
