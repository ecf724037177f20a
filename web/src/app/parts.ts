/** The parts of the page that load on demand. */
import { lazy } from "react";
import { afterFirstView } from "@/lib/platform/firstView";
import { retrying } from "@/lib/platform/retrying";

export const FirstVisit = lazy(() =>
  retrying(() => import("@/features/cookie/FirstVisit")).then((part) => ({
    default: part.FirstVisit,
  })),
);

export const Settings = lazy(() =>
  retrying(() => import("./Settings")).then((part) => ({ default: part.Settings })),
);

/** The episodes of alerts on the curve. */
export const EpisodeSpans = lazy(() =>
  afterFirstView(() => import("@/features/alerts/EpisodeSpans")).then((part) => ({
    default: part.EpisodeSpans,
  })),
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

/** Shows passing messages. */
export const Toaster = lazy(() =>
  afterFirstView(() => import("sonner")).then((part) => ({ default: part.Toaster })),
);

/** Loads before it is needed: it also says that the server is gone. */
export const Notices = lazy(() =>
  afterFirstView(() => import("./notices/Notices")).then((part) => ({ default: part.Notices })),
);

/** The header keeps its place. */
export const Bell = lazy(() =>
  afterFirstView(() => import("@/features/alerts/bell/Bell")).then((part) => ({
    default: part.Bell,
  })),
);

/** It takes free space of the header. */
export const BalanceTag = lazy(() =>
  afterFirstView(() => import("./header/BalanceTag")).then((part) => ({
    default: part.BalanceTag,
  })),
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
