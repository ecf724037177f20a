import { useEffect, useRef, useState } from "react";
import { useStatus } from "@/api/LiveContext";
import { Card } from "@/components/ui/Card";
import { useMediaQuery } from "@/hooks/useMediaQuery";
import { cn } from "@/lib/cn";
import { DemoWay } from "./DemoWay";
import { Ready } from "./Ready";
import { SafePasteBox } from "./SafePasteBox";
import { Step, Steps } from "./Steps";
import { useCookieTexts } from "./texts";
import { useSiteChoice } from "./useSiteChoice";

/** Nothing collected yet: three steps to a cookie, then one button to the curve. */
export function FirstVisit() {
  const status = useStatus();
  const [wantsAnother, setWantsAnother] = useState(false);
  if (status === null) return null;
  const { state } = status.cookie;
  if ((state === "valid" || state === "unverified") && !wantsAnother) {
    return <Ready status={status} onAnother={() => setWantsAnother(true)} />;
  }
  return <ThreeSteps isDemo={status.demo} onSaved={() => setWantsAnother(false)} />;
}

/** The second column of a wide page. */
const BESIDE = "bg-canvas lg:col-start-2 lg:border-l lg:border-line";

function ThreeSteps({ isDemo, onSaved }: { isDemo: boolean; onSaved: () => void }) {
  const { welcome, steps } = useCookieTexts();
  const site = useSiteChoice();
  const field = useFocused();
  return (
    <Card
      aria-labelledby="first-visit"
      className="mx-auto grid w-full max-w-5xl overflow-hidden rounded-[1.25rem] lg:mt-6 lg:grid-cols-[0.92fr_1fr] lg:grid-rows-[auto_auto_1fr_auto]"
    >
      <header className="flex flex-col gap-1.5 p-5 pb-0 sm:p-9 sm:pb-0">
        <h2 id="first-visit" className="text-2xl leading-[2.125rem] font-semibold text-balance">
          {welcome.title}
        </h2>
        <p className="text-muted">{welcome.intro}</p>
      </header>
      <ol aria-label={steps.label} className="contents">
        <Steps origin={site.origin} className="px-5 pt-6 sm:px-9 lg:col-start-1" />
        <Step
          number={3}
          title={steps.paste.title}
          text={steps.paste.text}
          className={cn(
            BESIDE,
            "mt-8 border-line p-5 max-lg:border-t sm:p-9 lg:row-start-1 lg:row-end-4 lg:mt-0",
          )}
        >
          <SafePasteBox onSaved={onSaved} site={site} field={field} isTall />
        </Step>
      </ol>
      <div className="max-lg:hidden lg:col-start-1 lg:row-start-4 lg:h-9" />
      <footer className={cn(BESIDE, "px-5 pb-5 sm:px-9 sm:pb-9 lg:row-start-4")}>
        {!isDemo && <DemoWay />}
      </footer>
    </Card>
  );
}

/**
 * The box has the focus at once, except where that opens a keyboard over the page, or where the
 * user is already somewhere else: an open menu would close.
 */
function useFocused() {
  const field = useRef<HTMLTextAreaElement>(null);
  const hasKeyboard = useMediaQuery("(pointer: fine)");
  useEffect(() => {
    const isFree = document.activeElement === document.body;
    if (hasKeyboard && isFree) field.current?.focus({ preventScroll: true });
  }, [hasKeyboard]);
  return field;
}
