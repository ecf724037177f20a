import { Dialog } from "@/components/ui/Dialog";
import { changeAddress } from "@/hooks/useAddress";
import { useMessages } from "@/i18n";

const KEYS = [
  ["R", "refresh"],
  ["1 – 6", "range"],
  ["← →", "curve"],
  ["+ −", "zoom"],
  ["Esc", "reset"],
  ["/", "find"],
  ["?", "help"],
] as const;

/** The list of the page's keys. */
export function KeysDialog() {
  const { keys } = useMessages().common;
  return (
    <Dialog
      open
      onOpenChange={() => changeAddress({ dialog: null }, "replace")}
      title={keys.title}
      description={null}
    >
      <dl className="flex flex-col gap-2 text-sm">
        {KEYS.map(([key, name]) => (
          <div key={key} className="flex items-center justify-between gap-4">
            <dt className="text-muted">{keys[name]}</dt>
            <dd>
              <kbd className="rounded-md border border-line bg-sunken px-1.5 py-0.5 font-mono text-xs">
                {key}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
