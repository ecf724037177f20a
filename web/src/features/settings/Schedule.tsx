import type { Settings } from "@/api/types";
import { useFixedZone } from "@/api/useFixedZone";
import { Group, Row } from "@/components/ui/Section";
import { Segmented } from "@/components/ui/Segmented";
import { TimeSpan } from "@/components/ui/TimeSpan";
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
  const zone = useFixedZone();
  const pick = (mode: (typeof MODES)[number]) =>
    change(
      mode === "off"
        ? { schedule: null }
        : { schedule: { ...(schedule ?? USUAL), inside: mode }, ...zone },
    );
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
  const zone = useFixedZone();
  const save = (part: Partial<Timetable>) =>
    change({ schedule: { ...schedule, ...part }, ...zone });
  return (
    <>
      <Row label={texts.hours} hint={texts.hoursHint} error={error} isGroup>
        {() => (
          <TimeSpan
            from={schedule.from}
            to={schedule.to}
            labels={{ from: texts.from, to: texts.to }}
            onChange={(from, to) => save({ from, to })}
          />
        )}
      </Row>
      <Row label={texts.days} isGroup>
        {() => <Weekdays days={schedule.days} onChange={(days) => save({ days })} />}
      </Row>
    </>
  );
}
