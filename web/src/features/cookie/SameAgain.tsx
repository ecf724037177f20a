import { RotateCw } from "lucide-react";
import { useCheckCookie } from "@/api/commands";
import { Button } from "@/components/ui/Button";
import { useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { cn } from "@/lib/cn";
import { useCookieTexts } from "./texts";

/** Tries the stored cookie with exactly one call: the site may have been wrong. */
export function SameAgain() {
  const { dialog } = useCookieTexts();
  const messages = useMessages();
  const check = useCheckCookie();
  const isRefused = check.data !== undefined && check.data.state !== "valid";
  return (
    <div className="mr-auto flex flex-col gap-1.5">
      <Button
        aria-disabled={check.isPending}
        onClick={() => {
          if (!check.isPending) check.mutate();
        }}
      >
        <RotateCw size={14} aria-hidden="true" className={cn(check.isPending && "animate-spin")} />
        {dialog.sameAgain}
      </Button>
      <p role="status" className="text-xs text-bad">
        {isRefused && dialog.sameRefused}
        {check.error && dialog.sameFailed(problemText(messages, check.error))}
      </p>
    </div>
  );
}
