import type { Account, Forecast } from "@/api/types";
import { useForecast } from "@/api/useAccount";
import { Cell, Group } from "@/components/ui/Section";
import { useFormat } from "@/i18n";
import { useAccountTexts } from "./texts";

/** Why there is no range, how likely an early end is, and how well the forecast did. */
export function Outlook({ account }: { account: Account }) {
  const texts = useAccountTexts();
  const forecast = useForecast(account.balance !== null);
  const lines = useLines(forecast);
  if (lines.length === 0) return null;
  return (
    <Group title={texts.forecast}>
      <Cell>
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
    ...(reason ? [reasons[reason]] : []),
    ...chances.map(({ before, p }) => chance[before](format.percent(p))),
    ...(tested
      ? [backTest(format.percent(tested.held), tested.n, format.percent(tested.line))]
      : []),
  ];
}
