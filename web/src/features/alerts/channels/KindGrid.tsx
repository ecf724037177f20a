import type { ChannelKind } from "@/api/alerts";
import { useAlertSettingsTexts } from "../settingsTexts";
import { KINDS } from "./forms";
import { KindTile } from "./KindTile";

/** All kinds of channels to choose from. */
export function KindGrid({ onPick }: { onPick: (kind: ChannelKind) => void }) {
  const { channels } = useAlertSettingsTexts();
  return (
    <ul
      aria-label={channels.pick}
      className="grid grid-cols-[repeat(auto-fill,minmax(min(8.5rem,100%),1fr))] gap-2"
    >
      {KINDS.map((kind) => (
        <li key={kind}>
          <button
            type="button"
            onClick={() => onPick(kind)}
            className="flex min-h-14 w-full items-center gap-2.5 rounded-xl border border-line bg-surface px-2.5 text-left text-sm font-medium transition-colors duration-100 hover:bg-hover"
          >
            <KindTile kind={kind} className="big:hidden" />
            <span className="min-w-0 wrap-anywhere">{channels.kinds[kind]}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
