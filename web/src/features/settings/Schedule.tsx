import type { Settings } from "@/api/types";
import { Group, Row } from "@/components/ui/Section";
import { Segmented } from "@/components/ui/Segmented";
import { TimeField } from "@/components/ui/TimeField";
import { useClock } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { useSettingsTexts } from "./texts";
import { useSetting } from "./useSetting";
import { Weekdays } from "./Weekdays";

type Timetable = NonNullable<Settings["schedule"]>;

const MODES = ["off", "collect", "pause"] as const;
const USUAL: Timetable = { from: "08:00", to: "23:00", inside: "collect", days: [1, 2, 3, 4, 5] };

/** When polls are made: always, only within hours of chosen days, or outside them. */
export function Schedule({ schedule }: { schedule: Settings["schedule"] }) {
  const { schedule: texts } = useSettingsTexts();
  const format = useFormat();
  const clock = useClock();
  const { change, error } = useSetting("schedule");
  const pick = (mode: (typeof MODES)[number]) =>
    change({ schedule: mode === "off" ? null : { ...(schedule ?? USUAL), inside: mode } });
  return (
    <Group title={texts.title}>
      <Row label={texts.mode} hint={texts.hint(format.zoneName(clock.now()))} error={error} isGroup>
        {() => (
          <Segmented
            label={texts.mode}
            value={schedule?.inside ?? "off"}
            options={MODES.map((value) => ({ value, label: texts.modes[value] }))}
            onChange={pick}
            wide
          />
        )}
      </Row>
      {schedule && <Hours schedule={schedule} />}
    </Group>
  );
}

function Hours({ schedule }: { schedule: Timetable }) {
  const { schedule: texts } = useSettingsTexts();
  const { change, error } = useSetting("schedule");
  const save = (part: Partial<Timetable>) => change({ schedule: { ...schedule, ...part } });
  return (
    <>
      <Row label={texts.hours} hint={texts.hoursHint} error={error} isGroup>
        {() => (
          <span className="flex flex-wrap items-center gap-1.5">
            <TimeField
              aria-label={texts.from}
              value={schedule.from}
              onChange={(from) => save({ from })}
              className="min-w-0 flex-1"
            />
            <span aria-hidden="true">–</span>
            <TimeField
              aria-label={texts.to}
              value={schedule.to}
              onChange={(to) => save({ to })}
              className="min-w-0 flex-1"
            />
          </span>
        )}
      </Row>
      <Row label={texts.days} isGroup>
        {() => <Weekdays days={schedule.days} onChange={(days) => save({ days })} />}
      </Row>
    </>
  );
}
