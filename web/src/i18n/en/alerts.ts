/** Texts of the bell and its episodes; they load behind the shell. */
import { plural } from "../catalogue";

export const alerts = {
  title: "Alerts",
  /** The bell's name. */
  bell: (firing: number) => (firing === 0 ? "Alerts" : `Alerts: ${firing} firing`),
  setUp: "Rules and channels",
  none: "No alerts so far",
  noneHint: "You are alerted when the login expires, polling stops or the balance runs low.",
  addChannel: "Add a channel",
  failed: "The alerts could not be loaded.",
  in30Days: (count: string, isMore: boolean) => `${count}${isMore ? "+" : ""} in 30 days`,
  older: "Show older",
  kinds: {
    spend: "Spend above the limit",
    rate: "Rate above usual",
    balance: "Low balance",
    runs_out: "Balance runs out soon",
    away: "Spend while away",
    new_key: "New API key",
    cookie: "Cookie must be renewed",
    silence: "No data from the site",
    mismatch: "Totals differ from the site's",
    loss: "Requests may be missing",
    unreadable: "Unreadable rows",
    disk: "Disk almost full",
    unknown: "Alert of a deleted rule",
  },
  states: { pending: "Pending", firing: "Firing", recovering: "Recovering", over: "Over" },
  since: (time: string) => `since ${time}`,
  lasted: (length: string) => `lasted ${length}`,
  /** The value of an episode, by its kind. */
  values: {
    left: (amount: string) => `${amount} left`,
    times: (times: string) => `${times} times the usual`,
    hours: (hours: string) => `${hours} h left`,
    expires: (hours: string) => `expires in ${hours} h`,
    expired: "signed out",
    silent: (length: string) => `no data for ${length}`,
    keys: (count: number) => `${count} new ${plural(count, "key", "keys")}`,
    hoursDiffer: (count: number) => `${count} ${plural(count, "hour", "hours")}`,
    gaps: (count: number) => `${count} ${plural(count, "gap", "gaps")}`,
    rows: (count: number, shown: string) => `${shown} ${plural(count, "row", "rows")}`,
    free: (share: string) => `${share} free`,
    key: (name: string) => `key ${name}`,
  },
  onCurve: "Show on curve",
  confirm: "It was me",
  confirmed: "Confirmed",
  snooze: "Snooze 1 day",
  snoozed: (until: string) => `Snoozed until ${until}`,
  unsnooze: "End snooze",
  notSent: "Not sent: there is no channel yet.",
  /** The next step for the newest message; empty where it was sent. */
  deliveries: {
    waiting: "Waiting to be sent",
    held: "Held until the quiet hours are over",
    sent: "",
    merged: "",
    failed: "Given up: no channel accepted it",
    dropped: "Snoozed before it was sent",
  },
  delivered: (channel: string, time: string) => `${channel} delivered ${time}`,
  undelivered: (channel: string, answer: string) => `${channel} failed: ${answer}`,
  preview: {
    of: (rule: string, count: number | null) =>
      count === null
        ? `Preview: ${rule}`
        : `Preview: ${rule} · ${count} ${plural(count, "time", "times")}`,
    leave: "Leave the preview",
  },
  deletedChannel: "Deleted channel",
};
