import { useMemo } from "react";
import type { Preview, Rule } from "@/api/alerts";
import { useRules } from "@/api/useAlerts";
import { Annotations } from "@/components/chart/Annotations";
import { useFormat } from "@/i18n";
import { parseInstant } from "@/lib/time";
import type { notesOf } from "../episodeNotes";
import { valueText, type Words } from "../episodeText";
import { useAlertTexts } from "../texts";
import { spansOf } from "./curveOf";
import { PreviewChip } from "./PreviewChip";
import { usePreview } from "./usePreview";

interface Props {
  /** The rule's id. */
  readonly rule: string;
  /** The episodes that were; their labels give way to those of the preview. */
  readonly past: ReturnType<typeof notesOf>;
}

/** The episodes that a rule would have had, dashed, below a chip that leaves the preview. */
export function PreviewSpans({ rule: id, past }: Props) {
  const texts = useAlertTexts();
  const format = useFormat();
  const rule = useRules().answer?.rules.find((one) => one.id === id);
  const { data: preview } = usePreview(rule);
  const spans = useMemo(
    () => (rule && preview ? spansIn(preview, rule, { texts, format }) : []),
    [preview, rule, texts, format],
  );
  const title = texts.kinds[rule?.kind ?? "unknown"];
  return (
    <Annotations
      spans={[...spans, ...past.spans]}
      marks={past.marks}
      heading={<PreviewChip title={title} count={preview?.count ?? null} />}
    />
  );
}

function spansIn(preview: Preview, { kind }: Rule, words: Words) {
  const end = parseInstant(preview.to) ?? 0;
  return spansOf(preview.episodes, end).map(({ episode, from, to }) => ({
    from,
    to,
    label: valueText(kind, episode.peak, words),
    isDashed: true,
  }));
}
