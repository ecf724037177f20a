import { Card } from "@/components/ui/Card";
import { Skeleton } from "@/components/ui/Skeleton";

/** The place of the curve before it is rendered; nothing is below it that could move. */
export function CurvePlace() {
  return (
    <Card aria-hidden="true" className="h-[clamp(24rem,55vh,40rem)] p-4">
      <Skeleton className="size-full" />
    </Card>
  );
}
