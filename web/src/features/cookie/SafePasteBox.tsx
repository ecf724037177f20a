/** The box for a cookie, unless another program's service worker could read the pasted text. */
import { ShieldAlert } from "lucide-react";
import { type ComponentProps, useEffect, useState } from "react";
import { Button } from "@/components/ui/Button";
import { after } from "@/lib/platform/after";
import {
  hasForeignWorker,
  isControlledByWorker,
  removeForeignWorkers,
} from "@/lib/platform/serviceWorkers";
import { PasteBox } from "./PasteBox";
import { useCookieTexts } from "./texts";

const CHECK_MS = 1_000;

export function SafePasteBox(props: ComponentProps<typeof PasteBox>) {
  return useHasForeignWorker() ? <ForeignWorker /> : <PasteBox {...props} />;
}

/** Check again while there is one: its next update removes it. */
function useHasForeignWorker(): boolean {
  const [isPresent, setPresent] = useState(isControlledByWorker);
  useEffect(() => {
    let cancel = () => {};
    let isMounted = true;
    const check = async () => {
      const found = await hasForeignWorker();
      if (!isMounted) return;
      setPresent(found);
      if (found) cancel = after(CHECK_MS, check);
    };
    void check();
    return () => {
      isMounted = false;
      cancel();
    };
  }, []);
  return isPresent;
}

function ForeignWorker() {
  const { worker } = useCookieTexts();
  const remove = () => {
    void removeForeignWorkers().then(() => window.location.reload());
  };
  return (
    <div role="alert" className="flex flex-col items-start gap-3 rounded-xl border border-bad p-4">
      <p className="flex gap-3 text-sm">
        <ShieldAlert size={18} aria-hidden="true" className="mt-0.5 shrink-0 text-bad" />
        <span>{worker.text}</span>
      </p>
      <Button variant="primary" onClick={remove}>
        {worker.remove}
      </Button>
    </div>
  );
}
