/**
 * Which episodes the curve shows. Those about spending are spans; what happens at one instant is a
 * mark. Long states, such as a low balance, would cover the curve: only their beginning is marked.
 */
import type { Episode } from "@/api/alerts";
import { detailOf, spanOf, titleOf, type Words } from "./episodeText";

type Form = "span" | "mark" | "none";

const FORMS: Readonly<Record<NonNullable<Episode["kind"]>, Form>> = {
  spend: "span",
  rate: "span",
  away: "span",
  new_key: "mark",
  balance: "mark",
  runs_out: "mark",
  cookie: "none",
  silence: "none",
  mismatch: "none",
  loss: "none",
  unreadable: "none",
  disk: "none",
};

/** Return spans and marks; `opened` is the id of an episode that is a span whatever its kind. */
export function notesOf(
  episodes: readonly Episode[],
  opened: string | null,
  now: number,
  words: Words,
) {
  const shown = episodes
    .filter(({ state }) => state !== "pending")
    .map((episode) => ({
      form: formOf(episode, opened),
      labels: labelsOf(episode, words),
      ...spanOf(episode, now),
    }));
  const spans = shown.filter(({ form }) => form === "span");
  const marks = shown.filter(({ form }) => form === "mark");
  return {
    spans: spans.map(({ labels, from, to }) => ({ ...labels, from, to: Math.max(to, from + 1) })),
    marks: marks.map(({ labels, from }) => ({ ...labels, t: from })),
  };
}

function labelsOf(episode: Episode, words: Words) {
  const title = titleOf(episode, words.texts);
  const label = [title, detailOf(episode, words)].filter(Boolean).join(" · ");
  return { label, shortLabel: title };
}

function formOf({ id, kind }: Episode, opened: string | null): Form {
  if (id === opened) return "span";
  return kind === null ? "none" : FORMS[kind];
}
