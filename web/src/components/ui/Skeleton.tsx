import { cn } from "@/lib/cn";

/**
 * A placeholder for content that is loading; give it the size of the content. It stands still: where
 * the browser paints without a graphics processor, a pulse takes the time that the content needs.
 */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      data-testid="skeleton"
      className={cn("block rounded-md bg-sunken", className)}
    />
  );
}
