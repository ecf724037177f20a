import { ChevronRight } from "lucide-react";
import { useCookieTexts } from "./texts";

/** Leads to the demo, which the server runs below this page. */
export function DemoWay() {
  const { demo } = useCookieTexts();
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-t border-line pt-4 text-sm">
      <span className="text-muted">{demo.question}</span>
      <a
        href="demo/"
        title={demo.hint}
        className="touchable inline-flex items-center gap-1 rounded-md font-medium text-accent hover:underline"
      >
        <span>{demo.link}</span>
        <ChevronRight size={14} aria-hidden="true" />
      </a>
    </div>
  );
}
