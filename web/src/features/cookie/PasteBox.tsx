import { LockKeyhole } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useId, useRef } from "react";
import type { CookieSaved } from "@/api/types";
import { Button } from "@/components/ui/Button";
import { cn } from "@/lib/cn";
import { Progress } from "./Progress";
import { inserted, placeOf } from "./place";
import { useCookieTexts } from "./texts";
import { usePasting } from "./usePasting";
import { VerdictNote } from "./VerdictNote";
import type { WayOut } from "./verdict";

interface Props {
  readonly onSaved: (saved: CookieSaved) => void;
  readonly field?: RefObject<HTMLTextAreaElement | null>;
}

/** Keeps the browser and password managers from remembering what stands in the field. */
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

/** A box that takes anything: it is read and tried as soon as it is pasted. */
export function PasteBox({ onSaved, field: givenField }: Props) {
  const { box } = useCookieTexts();
  const id = useId();
  const ownField = useRef<HTMLTextAreaElement>(null);
  const field = givenField ?? ownField;
  const { text, isChecking, problem, choices, write, submit } = usePasting(onSaved);
  const place = problem?.offset === undefined ? null : placeOf(text, problem.offset);

  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (!pasted || isChecking) return;
    event.preventDefault();
    submit(inserted(event.currentTarget, pasted, problem !== null));
  };
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit(text);
  };
  const showPlace = () => {
    field.current?.focus();
    if (place) field.current?.setSelectionRange(place.start, place.end);
  };
  const takeWayOut = (way: NonNullable<WayOut>) => {
    const chosen = { force: { force: true }, withoutCheck: { verify: false }, retry: {} }[way];
    submit(text, { ...choices, ...chosen });
  };

  return (
    <div>
      <label htmlFor={id} className="sr-only">
        {box.label}
      </label>
      <div
        className={cn(
          "rounded-xl border bg-canvas transition-colors duration-100",
          problem ? "border-bad" : "border-line-strong border-dashed focus-within:border-accent",
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
          aria-describedby={`${id}-verdict ${id}-takes`}
          placeholder={box.placeholder}
          onChange={(event) => write(event.target.value)}
          onPaste={paste}
          onKeyDown={submitByKey}
          className="block w-full resize-none rounded-xl bg-transparent px-4 py-3 font-mono text-xs leading-relaxed break-all text-ink outline-none placeholder:font-sans placeholder:text-sm placeholder:text-faint"
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
      <div id={`${id}-verdict`} aria-live="assertive">
        {problem && (
          <VerdictNote
            problem={problem}
            place={place}
            onShowPlace={showPlace}
            onWayOut={takeWayOut}
          />
        )}
      </div>
      <div id={`${id}-takes`} className="flex flex-col gap-1 pt-3 text-xs text-faint">
        <p>{box.takes}</p>
        <p className="flex items-center gap-1.5">
          <LockKeyhole size={12} className="shrink-0" aria-hidden="true" />
          <span>{box.privacy}</span>
        </p>
      </div>
    </div>
  );
}
