import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useChangeSettings } from "@/api/commands";
import { useLiveState } from "@/api/LiveContext";
import type { Problem } from "@/api/problem";
import type { Settings, Status, TypeTotal } from "@/api/types";
import { Cell, Group, Row } from "@/components/ui/Section";
import { Switch } from "@/components/ui/Switch";
import { useFormat, useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { useSettingsTexts } from "./texts";

type Pairs = Settings["also_counts"];

/** Types that count besides the specified one, chosen from those that the site has sent. */
export function CountedTypes({ pairs }: { pairs: Pairs }) {
  const { types: texts, refused } = useSettingsTexts();
  const messages = useMessages();
  const { mutate, isPending, error } = useChangeSettings();
  const sums = useLiveState(({ known }) => known.versions.sums);
  const { data } = useQuery<readonly TypeTotal[], Problem>({
    queryKey: ["types", pairs, sums],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.types(signal),
  });
  if (data === undefined) return null;
  const toggle = (one: TypeTotal, isOn: boolean) => {
    const others = pairs.filter((pair) => !isSame(pair, one));
    const pair = { type: one.type, endpoint: one.endpoint };
    mutate({ also_counts: isOn ? [...others, pair] : others });
  };
  return (
    <Group title={texts.title}>
      {data.map((one) => (
        <TypeRow
          key={`${one.type} ${one.endpoint}`}
          one={one}
          isChosen={pairs.some((pair) => isSame(pair, one))}
          isBusy={isPending}
          onToggle={(isOn) => toggle(one, isOn)}
        />
      ))}
      <Cell>
        {error ? (
          <p role="alert" className="text-xs text-bad">
            {refused.other(problemText(messages, error))}
          </p>
        ) : (
          <RecountNote />
        )}
      </Cell>
    </Group>
  );
}

/** What the switches are for; while the totals follow a change, how far they have come. */
function RecountNote() {
  const { types: texts } = useSettingsTexts();
  const format = useFormat();
  const share = useLiveState(({ status }) => shareOf(status?.recount ?? null));
  if (share === null) return <p className="text-xs text-faint">{texts.hint}</p>;
  return (
    <>
      <p className="text-xs text-muted figure-nums">{texts.busy(format.percent(share))}</p>
      <progress
        value={share}
        max={1}
        aria-label={texts.progress}
        className="h-1.5 w-full accent-accent"
      />
    </>
  );
}

function shareOf(recount: Status["recount"] | null): number | null {
  return recount ? recount.done / Math.max(1, recount.total) : null;
}

interface RowProps {
  readonly one: TypeTotal;
  readonly isChosen: boolean;
  readonly isBusy: boolean;
  readonly onToggle: (isOn: boolean) => void;
}

function TypeRow({ one, isChosen, isBusy, onToggle }: RowProps) {
  const { types: texts } = useSettingsTexts();
  const format = useFormat();
  const isFixed = one.type === "USAGE" && one.endpoint === "v1/messages";
  const numbers = texts.numbers(format.number(one.requests), format.amountWithUnit(one.credits));
  return (
    <Row
      label={`${one.type} · ${one.endpoint}`}
      hint={isFixed ? `${numbers} · ${texts.fixed}` : numbers}
      isInline
    >
      {(control) => (
        <Switch
          {...control}
          checked={isFixed || isChosen}
          disabled={isFixed || isBusy}
          onCheckedChange={onToggle}
          className="mt-1.5 self-end"
        />
      )}
    </Row>
  );
}

function isSame(one: { type: string; endpoint: string }, other: typeof one): boolean {
  return one.type === other.type && one.endpoint === other.endpoint;
}
