import { useSeriesLooks } from "@/hooks/useSeriesLooks";
import { useTheme } from "@/hooks/useTheme";
import { cn } from "@/lib/cn";
import { shortName, versionDate } from "@/lib/modelNames";
import type { Group } from "@/lib/seriesNames";

/** A dot in the model's colour. */
export function ModelDot({ model, className }: { model: string; className?: string }) {
  return <SeriesDot group="model" series={model} {...(className && { className })} />;
}

interface DotProps {
  readonly group: Group;
  readonly series: string;
  readonly className?: string;
}

/** A dot in the colour of a model or an API key. */
export function SeriesDot({ group, series, className }: DotProps) {
  const { colorOf } = useSeriesLooks(group);
  const theme = useTheme();
  return (
    <span
      aria-hidden="true"
      className={cn(
        "inline-block size-2.5 shrink-0 rounded-[3px] forced-color-adjust-none",
        className,
      )}
      style={{ background: colorOf(series, theme) }}
    />
  );
}

interface NameProps {
  readonly model: string;
  readonly className?: string;
  /** Whether the date of the version follows, in a fainter colour. */
  readonly hasDate?: boolean;
}

/** A model's short name; the full id is its title. */
export function ModelName({ model, className, hasDate = true }: NameProps) {
  const name = shortName(model);
  const date = name === model || !hasDate ? null : versionDate(model);
  return (
    <span className={cn("truncate", className)} title={model}>
      <span>{name}</span>
      {date && <span className="font-normal text-faint">{` ${date}`}</span>}
    </span>
  );
}
