import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { useCheckCookie } from "@/api/commands";
import { Button } from "@/components/ui/Button";
import { useMessages } from "@/i18n";
import { problemText } from "@/i18n/problemText";
import { cn } from "@/lib/cn";
import { useSettingsTexts } from "./texts";

/** Checks the stored cookie with one call and shows the result below. */
export function CheckCookie({ children }: { children: ReactNode }) {
  const { cookie } = useSettingsTexts();
  const messages = useMessages();
  const { mutate, isPending, data, error } = useCheckCookie();
  const isValid = data?.state === "valid";
  const isSilent = !data && !error;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button aria-disabled={isPending} onClick={() => isPending || mutate()}>
          <RotateCw size={14} aria-hidden="true" className={cn(isPending && "animate-spin")} />
          {cookie.check}
        </Button>
        {children}
      </div>
      <p
        role="status"
        className={cn(isSilent ? "sr-only" : "text-xs", isValid ? "text-good" : "text-bad")}
      >
        {data && (isValid ? cookie.checked : cookie.refused)}
        {error && problemText(messages, error)}
      </p>
    </>
  );
}
