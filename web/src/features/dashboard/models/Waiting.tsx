import { Skeleton } from "@/components/ui/Skeleton";

/** The table's place while the first answer is on its way. */
export function Waiting() {
  return (
    <div className="flex flex-col gap-5 px-4 py-4">
      <Skeleton className="h-3 w-full" />
      <Skeleton className="h-3 w-full" />
      <Skeleton className="h-3 w-2/3" />
    </div>
  );
}
