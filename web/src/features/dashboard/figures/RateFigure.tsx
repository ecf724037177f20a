import type { UsualHour } from "@/api/types";
import { useShowRate } from "@/hooks/usePageRate";
import { type Format, useFormat, useMessages } from "@/i18n";
import type { DashboardState } from "../data/useDashboard";
import { AtLeast } from "./AtLeast";
import { bulletOf, verdictOf } from "./bullet";
import { Figure, Unit } from "./Figure";
import { LOADING } from "./Loading";
import { BarSpark, Bullet } from "./Sparks";
import { type Rate, useRate } from "./useRate";
import { useUsual } from "./useUsual";

export function RateFigure(state: DashboardState) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const rate = useRate(state);
  useShowRate(rate && titleOf(rate, format, figures.perHourShort));
  const usual = useUsual(state.usage !== undefined);
  return (
    <Figure
      isHalf
      name={figures.rate}
      scope={usual ? figures.rateScope : figures.lastHour}
      mark={rate?.isLeast && <AtLeast />}
      value={
        rate ? (
          <>
            <span data-testid="figure-rate">{format.amount(Math.round(rate.perHour))}</span>
            <Unit>{figures.perHour}</Unit>
          </>
        ) : (
          LOADING
        )
      }
      note={
        usual ? (
          <UsualRange usual={usual} {...(rate && { rate })} />
        ) : (
          <span>{figures.rateNote}</span>
        )
      }
      picture={rate && <RatePicture rate={rate} usual={usual} />}
    />
  );
}

/** The rate in the title of the tab. */
function titleOf({ perHour, isLeast }: Rate, format: Format, unit: string): string {
  return `${isLeast ? "≥" : ""}${format.amount(Math.round(perHour))}${unit}`;
}

function UsualRange({ usual, rate }: { usual: UsualHour; rate?: Rate }) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const range = `${format.amount(Math.round(usual.p25))}–${format.amount(Math.round(usual.p75))}`;
  return (
    <>
      <span
        data-testid="figure-usual"
        title={figures.usualHint(
          `${range} ${format.unit === "credits" ? format.unitName : ""}`.trim(),
        )}
      >
        {usual.p75 > 0 ? figures.usual(range) : figures.usualNone}
      </span>
      {rate && !rate.isLeast && (
        <b data-testid="figure-verdict" className="font-medium text-ink">
          {figures.verdict[verdictOf(rate.perHour, usual)]}
        </b>
      )}
    </>
  );
}

function RatePicture({ rate, usual }: { rate: Rate; usual: UsualHour | undefined }) {
  if (!usual) return <BarSpark values={rate.parts} marked={rate.recentParts} />;
  return <Bullet {...bulletOf(rate.perHour, usual)} />;
}
