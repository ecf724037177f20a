import { useQuery } from "@tanstack/react-query";
import { PREVIEW_DAYS, type Preview, type Rule } from "@/api/alerts";
import { api } from "@/api/client";
import type { Problem } from "@/api/problem";
import type { Usage } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { Skeleton } from "@/components/ui/Skeleton";
import { changeAddress } from "@/hooks/useAddress";
import { useFormat } from "@/i18n";
import type { View } from "@/lib/address";
import type { Span } from "@/lib/range";
import { DAY_MS, HOUR_MS, parseInstant } from "@/lib/time";
import { curveAround } from "../curveAround";
import { curveOf } from "../preview/curveOf";
import { usePreview } from "../preview/usePreview";
import { useAlertSettingsTexts } from "../settingsTexts";
import { IS_UNRECORDED } from "./kinds";
import { PreviewChart } from "./PreviewChart";
import { dailySteps, daysOf } from "./previewDays";
import { previewText } from "./previewText";

const MOST_LINKS = 6;

/** How often a rule would have alerted, on the spend of the days. */
export function RulePreview({ rule }: { rule: Rule }) {
  const { preview: texts } = useAlertSettingsTexts();
  const format = useFormat();
  const { data: preview, error } = usePreview(rule);
  const usage = useDailyUsage(rule);
  if (error) return <p className="text-xs text-bad">{texts.failed}</p>;
  if (!preview) return <Skeleton className="h-36" />;
  const from = parseInstant(preview.from) ?? 0;
  const to = parseInstant(preview.to) ?? 0;
  const steps = dailySteps(from, to, DAY_MS);
  const days = daysOf(preview, usage, format.date, steps);
  return (
    <div className="flex min-h-36 flex-col gap-2 rounded-lg border border-line bg-sunken/50 p-3">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <p className="font-medium">
          {previewText(preview, IS_UNRECORDED.has(rule.kind), texts, format)}
        </p>
        <Links rule={rule} preview={preview} />
      </div>
      <PreviewChart days={days} limit={dayLimit(rule)} />
    </div>
  );
}

/** The spend of each day, of the model or key that the rule names. */
function useDailyUsage({ model, api_key: key }: Rule): Usage | undefined {
  const { zone } = useFormat();
  const by = key === null ? "model" : "api_key";
  const { data } = useQuery<Usage, Problem>({
    queryKey: ["alerts-usage", zone, by],
    queryFn: ({ signal }) =>
      api.usage({ hours: PREVIEW_DAYS * 24, bucket: "86400", by, tz: zone }, signal),
    staleTime: HOUR_MS,
  });
  const only = key ?? model;
  if (!data || only === null) return data;
  return { ...data, series: data.series.filter((one) => one.key === only) };
}

/** A limit per day can be compared with the bars. */
function dayLimit({ kind, window_s, above }: Rule): number | null {
  return kind === "spend" && window_s === 86_400 ? above : null;
}

interface LinksProps {
  readonly rule: Rule;
  readonly preview: Preview;
}

/** The latest episodes, and all of them; each leads to its part of the curve. */
function Links({ rule, preview }: LinksProps) {
  const { preview: texts } = useAlertSettingsTexts();
  const format = useFormat();
  const all = curveOf(preview);
  if (all === null) return null;
  const show = ({ from, to }: Span, view: View | null) => {
    changeAddress({ range: { kind: "span", from, to }, view, preview: rule.id, settings: null });
    // The rules are below the first screen, the curve is on it.
    document.documentElement.scrollTop = 0;
  };
  return (
    <>
      <span className="flex flex-wrap items-center gap-1">
        {preview.episodes.slice(-MOST_LINKS).map(({ from: text, until }) => {
          const from = parseInstant(text) ?? 0;
          const name = format.instant(from).slice(5, 16);
          return (
            <Button
              key={text}
              size="small"
              variant="ghost"
              aria-label={texts.show(name)}
              className="figure-nums px-1! text-accent!"
              onClick={() => show(curveAround({ from, to: parseInstant(until) ?? from }), null)}
            >
              {name}
            </Button>
          );
        })}
      </span>
      <Button
        size="small"
        variant="ghost"
        className="ml-auto text-accent!"
        onClick={() => show(all, "interval")}
      >
        {texts.onCurve}
      </Button>
    </>
  );
}
