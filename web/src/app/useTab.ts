/** The state of the data outside the page: the tab's title and icon. */
import { useEffect } from "react";
import { usePageRate } from "@/hooks/usePageRate";
import { useMessages } from "@/i18n";
import { type Mark, useMark } from "./header/mark";

type Tone = "good" | "warn" | "bad" | "none";

const TONES: Readonly<Partial<Record<Mark, Tone>>> = {
  live: "good",
  degraded: "warn",
  blocked: "warn",
  gone: "bad",
  offline: "bad",
  cookie_invalid: "bad",
  storage_error: "bad",
};
const COLORS: Readonly<Record<Tone, string | null>> = {
  good: "#2fbf86",
  warn: "#e2a32b",
  bad: "#e5484d",
  none: null,
};

export function useTab(): void {
  const { common, dashboard } = useMessages();
  const mark = useMark();
  const rate = usePageRate();
  const tone = TONES[mark] ?? "none";
  const isTrouble = tone === "warn" || tone === "bad";
  const first = isTrouble ? dashboard.live[mark] : rate;
  const title = first === null ? common.name : `${first} · ${common.name}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon) icon.href = iconOf(COLORS[tone]);
  }, [tone]);
}

/** The logo as an address, with a dot of the colour. */
function iconOf(color: string | null): string {
  const dot = color
    ? `<circle cx="25" cy="25" r="6.5" fill="${color}" stroke="#fff" stroke-width="2"/>`
    : "";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#4f5bd5"/><path d="M6 23 12 15.5 17 19 26 8.5" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>${dot}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
