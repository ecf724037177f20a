import { ModelDot, ModelName } from "@/components/ui/ModelName";
import { useModelLooks } from "@/hooks/useSeriesLooks";
import { useTheme } from "@/hooks/useTheme";
import { useFormat, useMessages } from "@/i18n";
import { Figure } from "./Figure";
import { LOADING } from "./Loading";
import { ShareBar } from "./Sparks";
import type { Today } from "./useToday";

export function TopFigure({ today }: { today: Today | undefined }) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const { colorOf } = useModelLooks();
  const theme = useTheme();
  const top = today?.models.find(({ others }) => others === undefined);
  if (!today) return <Figure isWide name={figures.top} value={LOADING} note={null} />;
  if (!top)
    return <Figure isWide name={figures.top} value="–" note={<span>{figures.topNone}</span>} />;
  const credits = (amount: number) =>
    `${today.isLeast ? `${figures.atLeast} ` : ""}${format.amountWithUnit(amount)}`;
  const parts = today.models.map(({ key, share }) => ({ key, share, color: colorOf(key, theme) }));
  return (
    <Figure
      isWide
      name={figures.top}
      scope={figures.scopeToday}
      value={
        <span className="flex min-w-0 items-center gap-2 self-center text-lg tracking-normal sm:text-xl">
          <ModelDot model={top.key} />
          <ModelName model={top.key} className="min-w-0" hasDate={false} />
        </span>
      }
      note={<span>{figures.topNote(format.percent(top.share), credits(top.credits))}</span>}
      picture={<ShareBar parts={parts} />}
    />
  );
}
