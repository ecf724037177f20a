import { cn } from "@/lib/cn";

/** A placeholder for content that is loading; give it the size of the content. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn("block animate-shimmer rounded-md bg-sunken", className)}
    />
  );
}
