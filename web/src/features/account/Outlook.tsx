import type { Account, Forecast } from "@/api/types";
import { useForecast } from "@/api/useAccount";
import { Cell, Group } from "@/components/ui/Section";
import { useNow } from "@/hooks/useNow";
import { useFormat, useMessages } from "@/i18n";
import { runOutText } from "@/i18n/runOut";
import { MINUTE_MS } from "@/lib/time";
import { useAccountTexts } from "./texts";

/** When the balance runs out; why there is no range, the chances, and how well the forecast did. */
export function Outlook({ account }: { account: Account }) {
  const texts = useAccountTexts();
  const { figures } = useMessages().dashboard;
  const format = useFormat();
  const now = useNow(MINUTE_MS);
  const forecast = useForecast(account.balance !== null);
  const lines = useLines(forecast);
  const first = forecast ? runOutText(forecast, now, figures, format) : null;
  if (first === null && lines.length === 0) return null;
  return (
    <Group title={texts.forecast}>
      <Cell>
        {first && <p className="text-base font-medium figure-nums">{first}</p>}
        {lines.map((line) => (
          <p key={line} className="text-sm text-muted">
            {line}
          </p>
        ))}
      </Cell>
    </Group>
  );
}

function useLines(forecast: Forecast | undefined): readonly string[] {
  const { reasons, chance, backTest } = useAccountTexts();
  const format = useFormat();
  if (forecast === undefined) return [];
  const { reason, chance: chances, back_test: tested } = forecast;
  return [
    ...(reason && reason !== "empty" ? [reasons[reason]] : []),
    ...chances.map(({ before, p }) => chance[before](format.percent(p))),
    ...(tested
      ? [backTest(format.percent(tested.held), tested.n, format.percent(tested.line))]
      : []),
  ];
}
