/** Times of day in the settings happen on the server, which does not know the browser's zone. */
import { useFormat } from "@/i18n";
import { useLiveState } from "./LiveContext";
import type { Settings } from "./types";

/** The zone to save with a time of day, so that it means the zone that the page shows. */
export function useFixedZone(): Partial<Pick<Settings, "time_zone">> {
  const { zone } = useFormat();
  const isAuto = useLiveState(({ settings }) => settings?.time_zone === "auto");
  return isAuto ? { time_zone: zone } : {};
}
