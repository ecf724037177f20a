import { useCookieTexts } from "./texts";

/** Says that the pasted cookie is being checked. */
export function Progress({ isChecking }: { isChecking: boolean }) {
  const { box } = useCookieTexts();
  return (
    <p role="status" className="text-sm text-muted">
      {isChecking && (
        <span className="inline-flex items-center gap-2">
          <span
            aria-hidden="true"
            className="size-3.5 animate-spin rounded-full border-2 border-line-strong border-t-accent"
          />
          {box.checking}
        </span>
      )}
    </p>
  );
}
