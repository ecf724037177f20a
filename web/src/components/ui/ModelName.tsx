import { useTheme } from "@/hooks/useTheme";
import { cn } from "@/lib/cn";
import { colorOf } from "@/lib/modelLooks";

/** A model's mark in its colour. */
export function ModelDot({ model, className }: { model: string; className?: string }) {
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

/** A model's name; the date of its version steps back. */
export function ModelName({ model, className }: { model: string; className?: string }) {
  const [, name = model, date = ""] = DATED.exec(model) ?? [];
  return (
    <span className={cn("truncate", className)} title={model}>
      {name}
      {date && <span className="text-faint">{date}</span>}
    </span>
  );
}
