import { useModelLooks } from "@/hooks/useModelLooks";
import { useTheme } from "@/hooks/useTheme";
import { cn } from "@/lib/cn";

/** A dot in the model's colour. */
export function ModelDot({ model, className }: { model: string; className?: string }) {
  const { colorOf } = useModelLooks();
  const theme = useTheme();
  return (
    <span
      aria-hidden="true"
      className={cn("inline-block size-2.5 shrink-0 rounded-full", className)}
      style={{ background: colorOf(model, theme) }}
    />
  );
}

const DATED = /^(.+)(-\d{8})$/;

/** A model's name, with the date of its version in a fainter colour. */
export function ModelName({ model, className }: { model: string; className?: string }) {
  const [, name = model, date = ""] = DATED.exec(model) ?? [];
  return (
    <span className={cn("truncate", className)} title={model}>
      {name}
      {date && <span className="text-faint">{date}</span>}
    </span>
  );
}
