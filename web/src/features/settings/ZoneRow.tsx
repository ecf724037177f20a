import { useMemo } from "react";
import { Combobox } from "@/components/ui/Combobox";
import { useFormat } from "@/i18n";
import { browserZone, zoneShift } from "@/lib/time";
import { isMatch, zonesOf } from "./choices";
import { Row } from "./Section";
import { useSettingsTexts } from "./texts";
import { useSetting } from "./useSetting";

const AUTO = "auto";

export function ZoneRow({ zone }: { zone: string }) {
  const { display } = useSettingsTexts();
  const format = useFormat();
  const { change, error } = useSetting("time_zone");
  const options = useMemo(() => {
    const now = Date.now();
    const auto = {
      value: AUTO,
      label: display.zoneAuto(browserZone()),
      note: zoneShift(now, browserZone()),
    };
    const zones = zonesOf().map((value) => ({
      value,
      label: value.replaceAll("_", " "),
      note: zoneShift(now, value),
    }));
    return [auto, ...zones];
  }, [display]);
  return (
    <Row label={display.zone} hint={display.zoneHint(format.zoneName(Date.now()))} error={error}>
      {(control) => (
        <Combobox
          {...control}
          label={display.zone}
          options={options}
          value={zone}
          matches={(option, search) =>
            isMatch(`${option.value} ${option.label}`, option.note, search)
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
