import { lazy, type ReactNode, Suspense } from "react";

const CurveCanvas = lazy(() =>
  import("@/components/chart/CurveCanvas").then((part) => ({ default: part.CurveCanvas })),
);

export function Dashboard({ records }: { records: ReactNode }) {
  return (
    <Suspense fallback={null}>
      <CurveCanvas />
      {records}
    </Suspense>
  );
}
