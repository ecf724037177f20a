import { useNow } from "@/hooks/useNow";
import { useFormat } from "@/i18n";
import { SECOND_MS } from "@/lib/time";

interface Props {
  readonly atMs: number | null;
  readonly text: (wait: string) => string;
  /** Shown from one second before. */
  readonly dueText: string;
}

/** The time until something happens. */
export function Countdown({ atMs, text, dueText }: Props) {
  const format = useFormat();
  const wait = (atMs ?? 0) - useNow(SECOND_MS);
  return <span>{wait < SECOND_MS ? dueText : text(format.duration(wait))}</span>;
}
