import { ChevronRight } from "lucide-react";
import { CopyCommand } from "@/components/ui/CopyCommand";
import { useCookieTexts } from "./texts";

const COMMANDS = [
  { how: "installed", command: "creditcurve demo" },
  { how: "source", command: "make demo" },
] as const;

/** How to try the page without an account: the demo is a separate program. */
export function DemoWay() {
  const { demo } = useCookieTexts();
  return (
    <details className="group border-t border-line pt-4 text-sm">
      <summary className="touchable flex list-none items-center justify-between gap-3 rounded-md">
        <span className="text-muted">{demo.question}</span>
        <span className="inline-flex items-center gap-1 font-medium text-accent hover:underline">
          <span>{demo.link}</span>
          <ChevronRight
            size={14}
            aria-hidden="true"
            className="transition-transform duration-100 group-open:rotate-90"
          />
        </span>
      </summary>
      <p className="pt-3 text-muted">{demo.text}</p>
      <dl className="mt-3 flex flex-col gap-2">
        {COMMANDS.map(({ how, command }) => (
          <div key={how} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <dt className="w-36 text-xs text-faint">{demo[how]}</dt>
            <dd>
              <CopyCommand command={command} label={demo.copy(command)} copiedText={demo.copied} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
