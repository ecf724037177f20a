/** What loads only when it is asked for. */
import { lazy } from "react";

export const FirstVisit = lazy(() =>
  import("@/features/cookie/FirstVisit").then((part) => ({ default: part.FirstVisit })),
);

export const SettingsDialog = lazy(() =>
  import("@/features/settings/SettingsDialog").then((part) => ({ default: part.SettingsDialog })),
);

export const QuarantineDialog = lazy(() =>
  import("@/features/quarantine/QuarantineDialog").then((part) => ({
    default: part.QuarantineDialog,
  })),
);

export const RecordsPanel = lazy(() =>
  import("@/features/records/RecordsPanel").then((part) => ({ default: part.RecordsPanel })),
);

/** Loads behind the shell: the place where passing messages are shown. */
export const Toaster = lazy(() => import("sonner").then((part) => ({ default: part.Toaster })));
