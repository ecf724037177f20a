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

/** The latest tries of an episode's messages, with each channel's own answer. */
export function Messages({ episode: { messages, state }, channels, now }: Props) {
  const texts = useAlertTexts();
  if (channels === undefined) return null;
  if (messages.length === 0) {
    const isLost = channels.length === 0 && state !== "pending";
    return isLost && <p className="text-xs text-bad">{texts.notSent}</p>;
  }
  return (
    <ul className="text-xs">
      {latestByChannel(messages).map((sent) => (
        <Try key={`${sent.channel} ${sent.at}`} sent={sent} channels={channels} now={now} />
      ))}
    </ul>
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
