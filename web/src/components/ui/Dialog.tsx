import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, type RefObject, useRef } from "react";
import { useMessages } from "@/i18n";
import { cn } from "@/lib/cn";
import { useInertPage } from "./useInertPage";

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  /** One sentence under the title; null where the content speaks for itself. */
  readonly description: ReactNode | null;
  readonly children: ReactNode;
  /** `center`: a card over the page. `side`: a sheet from the right, for long content. */
  readonly form?: "center" | "side";
  readonly className?: string;
  /** Where the focus goes first; to the dialog itself where nothing is named. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
}

const FORMS = {
  center:
    "left-1/2 top-1/2 max-h-[calc(100dvh-2rem)] w-[min(36rem,calc(100vw-2rem))] big:w-[calc(100vw-1rem)] -translate-x-1/2 -translate-y-1/2 rounded-2xl border",
  side: "right-0 top-0 h-dvh w-full max-w-[34rem] animate-slide-in border-l sm:w-[34rem]",
};

/** Over everything; the focus stays in it and goes back to where it came from. */
export function Dialog(props: Props) {
  const { open, onOpenChange, title, description, children, form = "center", className } = props;
  const content = useRef<HTMLDivElement>(null);
  const opener = useRef<Element | null>(null);
  const focusFirst = (event: Event) => {
    event.preventDefault();
    opener.current = document.activeElement;
    (props.initialFocus ?? content).current?.focus();
  };
  const messages = useMessages();
  // Radix returns the focus only to its trigger; this dialog is opened by the address.
  const giveBack = (event: Event) => {
    event.preventDefault();
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };
  const described = description === null ? { "aria-describedby": undefined } : {};
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...described}
          ref={content}
          onOpenAutoFocus={focusFirst}
          onCloseAutoFocus={giveBack}
          className={cn(
            "fixed z-50 flex flex-col overflow-y-auto overscroll-contain border-line bg-surface shadow-pop outline-none",
            FORMS[form],
            className,
          )}
        >
          <InertPage />
          <header className="sticky top-0 z-10 flex items-start gap-4 bg-surface px-5 pt-5 pb-3 big:gap-1 big:px-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-base font-semibold text-balance wrap-anywhere">
                {title}
              </Radix.Title>
              {description !== null && (
                <Radix.Description className="mt-1 text-sm text-muted">
                  {description}
                </Radix.Description>
              )}
            </div>
            <Radix.Close
              aria-label={messages.common.close}
              className="touchable -mt-1 -mr-1 inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-ink"
            >
              <X size={16} aria-hidden="true" />
            </Radix.Close>
          </header>
          <div className="px-5 pb-5 big:px-3">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Exists only while the dialog is open. */
function InertPage() {
  useInertPage();
  return null;
}
