import { Skeleton } from "@/components/ui/Skeleton";

export const LOADING = <Skeleton className="h-6 w-24 self-center" />;
