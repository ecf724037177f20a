import { useRef } from "react";
import type { CookieSaved } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { useFormat, useMessages } from "@/i18n";
import { parseInstant, zoneShift } from "@/lib/time";
import { toast } from "@/lib/toast";
import { SafePasteBox } from "./SafePasteBox";
import { SameAgain } from "./SameAgain";
import { StartAgain } from "./StartAgain";
import { StepsInWords } from "./Steps";
import { type CookieTexts, useCookieTexts } from "./texts";
import type { Trouble } from "./trouble";
import { useSiteChoice } from "./useSiteChoice";

interface Props {
  readonly trouble: Trouble | null;
  /** Whether there is one to be replaced. */
  readonly hasCookie: boolean;
  readonly onClose: () => void;
}

/** What happened to the cookie, and the box for a new one. */
export function CookieDialog({ trouble, hasCookie, onClose }: Props) {
  const texts = useCookieTexts();
  const { cookie } = useMessages();
  const { title, text } = useWords(trouble, hasCookie);
  const field = useRef<HTMLTextAreaElement>(null);
  const site = useSiteChoice();
  const saved = ({ state }: CookieSaved) => {
    // After a trouble, `CookieNotice` closes the dialog on every open page.
    if (trouble !== null) return;
    toast.success(state === "valid" ? cookie.worksWhileOff : cookie.untried);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={text}
      {...(trouble?.kind === "forbidden" ? {} : { initialFocus: field })}
    >
      <div className="flex flex-col gap-5">
        {trouble?.kind === "forbidden" && <StartAgain />}
        <SafePasteBox onSaved={saved} field={field} site={site} />
        <StepsInWords title={texts.dialog.howTo} origin={site.origin} />
        {trouble && (
          <footer className="flex flex-wrap items-start justify-end gap-2 border-t border-line pt-4">
            {trouble.kind === "died" && <SameAgain />}
            <Button onClick={onClose}>{texts.dialog.notNow}</Button>
          </footer>
        )}
      </div>
    </Dialog>
  );
}

function useWords(trouble: Trouble | null, hasCookie: boolean) {
  const { dialog } = useCookieTexts();
  const format = useFormat();
  const since = parseInstant(trouble?.since);
  const at = since === null ? "–" : `${format.instant(since)} ${zoneShift(since, format.zone)}`;
  switch (trouble?.kind) {
    case "died":
      return {
        title: dialog.died,
        text: dialog.diedText(reasonText(dialog, trouble.reason), at),
      };
    case "unreadable":
      return { title: dialog.unreadable, text: dialog.unreadableText };
    case "forbidden":
      return { title: dialog.forbidden, text: dialog.forbiddenText(at) };
    default:
      return hasCookie
        ? { title: dialog.replace, text: dialog.replaceText }
        : { title: dialog.give, text: null };
  }
}

function reasonText({ reasons }: CookieTexts["dialog"], reason: string | null): string {
  const known: Readonly<Record<string, string>> = reasons;
  return known[reason ?? "other"] ?? reasons.other;
}
