/** The legend below the plot: on a phone all models, elsewhere those without room beside it. */
import { keyOf, roomForEnds } from "./Ends";
import { type LegendActions, LegendButton } from "./LegendButton";
import { legendEntries } from "./legendEntries";
import type { Scene } from "./scene";

interface Props extends LegendActions {
  readonly scene: Scene;
}

export function Legend({ scene, ...actions }: Props) {
  const { texts, focus } = scene.input;
  const rest = legendEntries(scene).slice(roomForEnds(scene));
  if (rest.length === 0) return null;
  return (
    <ul
      aria-label={texts.legend}
      className="grid grid-cols-[repeat(auto-fill,minmax(min(9.5rem,100%),1fr))] gap-x-4 px-3 pt-1 pb-2 sm:flex sm:flex-wrap"
    >
      {rest.map((entry) => (
        <li key={keyOf(entry)} className="min-w-0">
          <LegendButton
            {...{ texts, ...actions }}
            series={entry.series}
            hasLine={entry.dotY !== null}
            value={entry.value}
            isHidden={entry.isHidden}
            isDimmed={focus !== null && focus !== entry.series?.key}
            shape="chip"
          />
        </li>
      ))}
    </ul>
  );
}
