import { Card } from "@/components/ui/Card";
import { useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import type { DashboardState } from "../data/useDashboard";
import { BalanceFigure } from "./BalanceFigure";
import { LastFigure } from "./LastFigure";
import { RateFigure } from "./RateFigure";
import { TodayFigure } from "./TodayFigure";
import { TopFigure } from "./TopFigure";
import { useBalance } from "./useBalance";
import { useToday } from "./useToday";

const FOUR = "lg:grid-cols-[1.12fr_1.06fr_1.14fr_1fr]";
const FIVE = "lg:grid-cols-[1.12fr_1.06fr_1.2fr_1.14fr_1fr]";

/** The figures that do not depend on the range: today, rate, and the models by credits. */
export function Figures(state: DashboardState) {
  const { figures } = useMessages().dashboard;
  const today = useToday(state.usage !== undefined);
  const balance = useBalance();
  return (
    <Card className="overflow-hidden" aria-label={figures.label}>
      <dl
        className={cn(
          "grid grid-cols-2 gap-px bg-line max-[18rem]:grid-cols-1",
          balance === null ? FOUR : FIVE,
        )}
      >
        <TodayFigure today={today} />
        <RateFigure {...state} />
        {balance !== null && <BalanceFigure balance={balance} />}
        <TopFigure today={today} />
        <LastFigure {...state} />
      </dl>
    </Card>
  );
}
