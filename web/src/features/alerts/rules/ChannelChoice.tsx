import type { Channel, Rule, RulePatch } from "@/api/alerts";
import { useAlertSettingsTexts } from "../settingsTexts";

interface Props {
  readonly rule: Rule;
  readonly channels: readonly Channel[];
  readonly onChange: (patch: RulePatch) => void;
}

/** The channels that are tried, in their order; none chosen means all. */
export function ChannelChoice({ rule, channels, onChange }: Props) {
  const { rules } = useAlertSettingsTexts();
  const turn = (id: string, isOn: boolean) =>
    onChange({
      channels: isOn ? [...rule.channels, id] : rule.channels.filter((one) => one !== id),
    });
  return (
    <fieldset>
      <legend className="font-medium">{rules.channels}</legend>
      <p className="text-xs text-faint">{rules.channelsHint}</p>
      <div className="flex flex-wrap gap-x-5 gap-y-1 pt-1.5">
        {channels.map(({ id, name }) => (
          <label key={id} className="touchable inline-flex items-center gap-2">
            <input
              type="checkbox"
              checked={rule.channels.includes(id)}
              onChange={(event) => turn(id, event.target.checked)}
              className="size-4 accent-[var(--color-accent)]"
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
