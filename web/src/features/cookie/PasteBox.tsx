import { type ClipboardEvent, type KeyboardEvent, type RefObject, useId, useRef } from "react";
import type { CookieSaved } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import { cn } from "@/lib/cn";
import { hostOf } from "@/lib/origin";
import { PasteHints } from "./PasteHints";
import { Progress } from "./Progress";
import { inserted, placeOf } from "./place";
import { SitePicker } from "./SitePicker";
import { useCookieTexts } from "./texts";
import { usePasteAnywhere } from "./usePasteAnywhere";
import { usePasting } from "./usePasting";
import type { SiteChoice } from "./useSiteChoice";
import { VerdictNote } from "./VerdictNote";
import type { WayOut } from "./verdict";

interface Props {
  readonly onSaved: (saved: CookieSaved) => void;
  readonly site: SiteChoice;
  readonly field?: RefObject<HTMLTextAreaElement | null>;
  /** Whether the box has room to be tall. */
  readonly isTall?: boolean;
}

/** Keeps the browser and password managers from remembering the content of the field. */
const UNREMEMBERED = {
  autoComplete: "off",
  autoCorrect: "off",
  autoCapitalize: "off",
  spellCheck: false,
  "data-1p-ignore": "true",
  "data-bwignore": "true",
  "data-lpignore": "true",
  "data-protonpass-ignore": "true",
  "data-form-type": "other",
} as const;

const WAYS_OUT = { force: { force: true }, withoutCheck: { verify: false }, retry: {} };

/** A box for any text with a cookie; it is parsed and checked immediately. */
export function PasteBox({ onSaved, site, field: givenField, isTall = false }: Props) {
  const { box } = useCookieTexts();
  const id = useId();
  const hasKeyboard = useMediaQuery("(pointer: fine)");
  const ownField = useRef<HTMLTextAreaElement>(null);
  const field = givenField ?? ownField;
  const { text, isChecking, problem, choices, write, submit } = usePasting(onSaved, site.chosen);
  const place = problem?.offset === undefined ? null : placeOf(text, problem.offset);
  const take = (pasted: string) => {
    if (field.current && !isChecking) submit(inserted(field.current, pasted, problem !== null));
  };
  usePasteAnywhere(field, take);

  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (!pasted) return;
    event.preventDefault();
    take(pasted);
  };
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit(text);
  };
  const showPlace = () => {
    field.current?.focus();
    if (place) field.current?.setSelectionRange(place.start, place.end);
  };
  const takeWayOut = (way: NonNullable<WayOut>) => submit(text, { ...choices, ...WAYS_OUT[way] });
  const takeOrigin = (origin: string) => {
    site.choose(origin);
    submit(text, { ...choices, origin });
  };

  return (
    <div className="flex flex-col gap-3">
      <SitePicker site={site} />
      <label htmlFor={id} className="sr-only">
        {box.label}
      </label>
      <div
        className={cn(
          "flex flex-col rounded-xl border bg-surface transition-colors duration-100 focus-within:ring-2 focus-within:ring-accent/30",
          problem ? "border-bad" : "border-line-strong focus-within:border-accent",
          isTall && "lg:min-h-56",
        )}
      >
        <textarea
          {...UNREMEMBERED}
          ref={field}
          id={id}
          rows={4}
          value={text}
          readOnly={isChecking}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-verdict ${id}-privacy`}
          placeholder={hasKeyboard ? box.placeholder : box.placeholderTouch}
          onChange={(event) => write(event.target.value)}
          onPaste={paste}
          onKeyDown={submitByKey}
          className="block w-full flex-1 resize-none rounded-xl bg-transparent px-4 py-3 font-mono text-xs leading-relaxed break-all text-ink outline-none placeholder:font-sans placeholder:text-sm placeholder:text-faint"
        />
        <div className="flex min-h-12 flex-wrap items-center justify-between gap-2 px-2 pb-2 pl-4">
          <Progress isChecking={isChecking} />
          <div className="ml-auto flex gap-2">
            {text && !isChecking && (
              <>
                <Button variant="ghost" onClick={() => write("")}>
                  {box.clear}
                </Button>
                <Button variant="primary" onClick={() => submit(text)}>
                  {box.check}
                </Button>
              </>
            )}
          </div>
        </div>
      </div>
      <div id={`${id}-verdict`} aria-live="assertive" className="empty:hidden">
        {problem && (
          <VerdictNote
            problem={problem}
            place={place}
            onShowPlace={showPlace}
            onWayOut={takeWayOut}
            onOrigin={takeOrigin}
          />
        )}
      </div>
      <PasteHints id={`${id}-privacy`} host={hostOf(site.origin)} />
    </div>
  );
}
