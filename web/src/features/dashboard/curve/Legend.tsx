import type { KeyboardEvent } from "react";
import type { Chart } from "@/components/chart/types";
import { ModelName } from "@/components/ui/ModelName";
import { useModelLooks } from "@/hooks/useModelLooks";
import { useTheme } from "@/hooks/useTheme";
import { useFormat, useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import type { DashboardState } from "../data/useDashboard";
import type { Hidden } from "../data/useHidden";
import { useModels } from "../data/useModels";

interface Props {
  readonly state: DashboardState;
  readonly chart: Chart | undefined;
  readonly hidden: Hidden;
  readonly highlighted: string | null;
  readonly onHighlight: (model: string | null) => void;
}

/** The models as buttons: a click hides or shows, a double click shows one alone. */
export function Legend({ state, chart, hidden, highlighted, onHighlight }: Props) {
  const { curve } = useMessages().dashboard;
  const models = useModels(state);
  const names = models.map(({ key }) => key);
  const values = new Map(chart?.lines.map(({ key, v }) => [key, v.at(-1)]));
  if (models.length === 0) return <div className={state.usage ? "h-3" : "h-11"} />;
  return (
    <ul
      aria-label={curve.legend}
      title={curve.legendHint}
      className="flex flex-wrap gap-1 px-3 pt-1 pb-3"
    >
      {models.map(({ key }) => (
        <li key={key} className="min-w-0">
          <LegendItem
            model={key}
            value={values.get(key)}
            isHidden={hidden.models.has(key)}
            isFaded={highlighted !== null && highlighted !== key}
            onToggle={() => hidden.toggle(key)}
            onSolo={() => hidden.solo(key, names)}
            onHighlight={onHighlight}
          />
        </li>
      ))}
    </ul>
  );
}

interface ItemProps {
  readonly model: string;
  /** Where its line stands now. */
  readonly value: number | undefined;
  readonly isHidden: boolean;
  readonly isFaded: boolean;
  readonly onToggle: () => void;
  readonly onSolo: () => void;
  readonly onHighlight: (model: string | null) => void;
}

function LegendItem(props: ItemProps) {
  const { model, value, isHidden, isFaded, onToggle, onSolo, onHighlight } = props;
  const { colorOf, lookOf } = useModelLooks();
  const theme = useTheme();
  const format = useFormat();
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.shiftKey || event.key !== "Enter") return;
    event.preventDefault();
    onSolo();
  };
  const enter = () => onHighlight(isHidden ? null : model);
  const leave = () => onHighlight(null);
  return (
    <button
      type="button"
      aria-pressed={!isHidden}
      onClick={onToggle}
      onDoubleClick={onSolo}
      onKeyDown={onKeyDown}
      onMouseEnter={enter}
      onMouseLeave={leave}
      onFocus={enter}
      onBlur={leave}
      className={cn(
        "touchable inline-flex h-7 max-w-full items-center gap-2 rounded-md px-2 text-xs transition-opacity duration-100 hover:bg-hover",
        isHidden && "text-faint line-through",
        isFaded && "text-faint",
      )}
    >
      <span
        aria-hidden="true"
        className={cn("w-4 shrink-0 border-t-[3px]", (isHidden || isFaded) && "opacity-30")}
        style={{ borderColor: colorOf(model, theme), borderTopStyle: lookOf(model).dash }}
      />
      <ModelName model={model} className="min-w-0" />
      {value !== undefined && (
        <span className="font-semibold figure-nums">{format.number(value)}</span>
      )}
    </button>
  );
}
