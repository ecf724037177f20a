/** The parts of the page that load on demand. */
import { lazy } from "react";
import { afterFirstView } from "@/lib/platform/firstView";
import { retrying } from "@/lib/platform/retrying";

/** They follow the first view together. */
const loadLater = () => afterFirstView(() => import("./later"));

export const EpisodeSpans = lazy(() =>
  loadLater().then((part) => ({ default: part.EpisodeSpans })),
);

export const Toaster = lazy(() => loadLater().then((part) => ({ default: part.Toaster })));

/** Loads before it is needed: it also says that the server is gone. */
export const Notices = lazy(() => loadLater().then((part) => ({ default: part.Notices })));

/** The header keeps its place. */
export const Bell = lazy(() => loadLater().then((part) => ({ default: part.Bell })));

/** It takes free space of the header. */
export const BalanceTag = lazy(() => loadLater().then((part) => ({ default: part.BalanceTag })));

export const FirstVisit = lazy(() =>
  retrying(() => import("@/features/cookie/FirstVisit")).then((part) => ({
    default: part.FirstVisit,
  })),
);

export const Settings = lazy(() =>
  retrying(() => import("./Settings")).then((part) => ({ default: part.Settings })),
);

export const QuarantineDialog = lazy(() =>
  retrying(() => import("@/features/quarantine/QuarantineDialog")).then((part) => ({
    default: part.QuarantineDialog,
  })),
);

export const RecordsPanel = lazy(() =>
  retrying(() => import("@/features/records/RecordsPanel")).then((part) => ({
    default: part.RecordsPanel,
  })),
);

export const KeyForm = lazy(() =>
  retrying(() => import("./KeyForm")).then((part) => ({ default: part.KeyForm })),
);

export const ResetDialog = lazy(() =>
  retrying(() => import("@/features/account/ResetDialog")).then((part) => ({
    default: part.ResetDialog,
  })),
);

export const KeysDialog = lazy(() =>
  retrying(() => import("./KeysDialog")).then((part) => ({ default: part.KeysDialog })),
);

export const DayBars = lazy(() =>
  retrying(() => import("@/features/days")).then((part) => ({ default: part.DayBars })),
);

export const HeatMap = lazy(() =>
  retrying(() => import("@/features/days")).then((part) => ({ default: part.HeatMap })),
);

export const CrashReport = lazy(() =>
  retrying(() => import("./crash/CrashReport")).then((part) => ({ default: part.CrashReport })),
);
