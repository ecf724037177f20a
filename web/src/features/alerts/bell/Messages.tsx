import type { Channel, Episode, Sent } from "@/api/alerts";
import { useFormat } from "@/i18n";
import { cn } from "@/lib/cn";
import { parseInstant } from "@/lib/time";
import { momentText } from "../episodeText";
import { useAlertTexts } from "../texts";

interface Props {
  readonly episode: Episode;
  readonly channels: readonly Channel[] | undefined;
  readonly now: number;
}

/** The latest tries of an episode's messages, and the next step for the newest one. */
export function Messages({ episode, channels, now }: Props) {
  const { deliveries, notSent } = useAlertTexts();
  const { messages, delivery, state } = episode;
  if (channels === undefined) return null;
  const isLost = messages.length === 0 && channels.length === 0 && state !== "pending";
  if (isLost && delivery !== "dropped") return <p className="text-xs text-bad">{notSent}</p>;
  const note = delivery === null ? null : deliveries[delivery];
  return (
    <div className="text-xs">
      <ul>
        {latestByChannel(messages).map((sent) => (
          <Try key={`${sent.channel} ${sent.at}`} sent={sent} channels={channels} now={now} />
        ))}
      </ul>
      {note && <p className={delivery === "failed" ? "text-bad" : "text-muted"}>{note}</p>}
    </div>
  );
}

interface TryProps {
  readonly sent: Sent;
  readonly channels: readonly Channel[];
  readonly now: number;
}

function Try({ sent, channels, now }: TryProps) {
  const texts = useAlertTexts();
  const format = useFormat();
  const name = channels.find(({ id }) => id === sent.channel)?.name ?? texts.deletedChannel;
  const time = momentText(parseInstant(sent.at) ?? now, now, format);
  return (
    <li className={cn("break-words", sent.ok ? "text-muted" : "text-bad")}>
      <span>{sent.ok ? texts.delivered(name, time) : texts.undelivered(name, sent.answer)}</span>
      {sent.ok && sent.answer && <code className="ml-1.5 font-mono text-faint">{sent.answer}</code>}
    </li>
  );
}

/** Return the last try of each channel, in the order of time. */
export function latestByChannel(tries: readonly Sent[]): readonly Sent[] {
  const latest = new Map<string, Sent>();
  for (const sent of tries) {
    latest.delete(sent.channel);
    latest.set(sent.channel, sent);
  }
  return [...latest.values()];
}
