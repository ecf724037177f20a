import { useMemo } from "react";
import { Combobox } from "@/components/ui/Combobox";
import type { ComboboxOption } from "@/components/ui/ComboboxChoices";
import { Row } from "@/components/ui/Section";
import { useClock } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { findBrowserZone } from "@/lib/platform/timeZone";
import { zoneShift } from "@/lib/time";
import { isMatch, otherNamesOf, zonesOf } from "./choices";
import { useSettingsTexts } from "./texts";
import { useSetting } from "./useSetting";

const AUTO = "auto";

export function ZoneRow({ zone }: { zone: string }) {
  const { display } = useSettingsTexts();
  const format = useFormat();
  const clock = useClock();
  const { change, error } = useSetting("time_zone");
  const options = useMemo(() => {
    const now = clock.now();
    const { zone: own } = findBrowserZone();
    const auto = { value: AUTO, label: display.zoneAuto(own), note: zoneShift(now, own) };
    const zones = zonesOf().map((value) => ({
      value,
      label: value.replaceAll("_", " "),
      note: zoneShift(now, value),
    }));
    return [auto, ...zones];
  }, [display, clock]);
  const namesOf = useNames(format.locale);
  return (
    <Row label={display.zone} hint={display.zoneHint(format.zoneName(clock.now()))} error={error}>
      {(control) => (
        <Combobox
          {...control}
          label={display.zone}
          options={options}
          value={zone}
          matches={(option, search) =>
            search === "" || isMatch(namesOf(option), option.note, search)
          }
          onChange={(value) => change({ time_zone: value })}
          searchText={display.zoneSearch}
          noneText={display.zoneNone}
          countText={display.zoneMatches}
        />
      )}
    </Row>
  );
}

/** The names of all zones, formatted at the first search because four hundred take a while. */
function useNames(locale: string) {
  return useMemo(() => {
    const known = new Map<string, string>();
    return ({ value, label }: ComboboxOption): string => {
      const names =
        known.get(value) ??
        `${value} ${label} ${value === AUTO ? "" : otherNamesOf(value, locale)}`;
      known.set(value, names);
      return names;
    };
  }, [locale]);
}
