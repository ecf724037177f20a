import { CopyCommand } from "@/components/ui/CopyCommand";
import { useCookieTexts } from "./texts";

const COMMANDS = [
  { how: "installed", command: "creditcurve demo" },
  { how: "source", command: "make demo" },
] as const;

/** How to look around without an account: the demo is a server of its own. */
export function DemoWay() {
  const { demo } = useCookieTexts();
  return (
    <details className="group rounded-xl open:border open:border-line open:bg-sunken open:p-4">
      <summary className="touchable inline-flex list-none items-center rounded-md text-sm font-medium text-accent group-open:mb-1 group-open:text-ink hover:underline">
        {demo.link}
      </summary>
      <p className="text-sm text-muted">{demo.text}</p>
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
