import { useFormat, useMessages } from "@/i18n";
import { AtLeast } from "./AtLeast";
import { ChangeMark } from "./Change";
import { AmountUnit, Figure } from "./Figure";
import { LOADING } from "./Loading";
import { RunningSpark } from "./Sparks";
import { DAY_PARTS, type Today } from "./useToday";

export function TodayFigure({ today }: { today: Today | undefined }) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  return (
    <Figure
      isHalf
      name={figures.today}
      mark={today?.isLeast && <AtLeast />}
      value={
        today ? (
          <>
            <span data-testid="figure-today">{format.amount(today.credits)}</span>
            <AmountUnit />
          </>
        ) : (
          LOADING
        )
      }
      note={today && <Yesterday today={today} />}
      picture={
        today && <RunningSpark today={today.curve} before={today.curveBefore} parts={DAY_PARTS} />
      }
    />
  );
}

function Yesterday({ today }: { today: Today }) {
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  if (today.yesterday === null) return <span>{figures.yesterdayUnknown}</span>;
  return (
    <>
      {today.yesterday > 0 && (
        <ChangeMark share={today.credits / today.yesterday - 1} isLeast={today.isLeast} />
      )}
      <span>{figures.yesterday(format.amount(today.yesterday))}</span>
    </>
  );
}
