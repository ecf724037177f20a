import { cn } from "@/lib/cn";

/** A place held for what is still loading; give it the size of what will stand there. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn("block animate-shimmer rounded-md bg-sunken", className)}
    />
  );
}
