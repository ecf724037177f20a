/** A placeholder of the content's size until its kind is known, so that nothing moves. */

import { Card } from "@/components/ui/Card";
import { Skeleton } from "@/components/ui/Skeleton";
import { CurvePlace } from "@/features/dashboard/curve/CurvePlace";

export function Opening() {
  return (
    <div aria-hidden="true" className="flex animate-late flex-col gap-4">
      <Skeleton className="h-8 w-full max-w-96" />
      <Card className="flex h-40 items-center gap-4 px-4 lg:h-[6.75rem]">
        <Skeleton className="h-6 flex-1" />
        <Skeleton className="h-6 flex-1" />
        <Skeleton className="h-6 flex-1 max-lg:hidden" />
        <Skeleton className="h-6 flex-1 max-lg:hidden" />
      </Card>
      <CurvePlace />
    </div>
  );
}
