/** The browser's notifications: chosen for each browser, and left out where it has none. */
import { readStored, writeStored } from "./storage";

const CHOICE = "notify";

export type NotifyChoice = "on" | "off" | "blocked" | "missing";

/** Return the choice, as far as the browser still permits it. */
export function notifyChoice(): NotifyChoice {
  if (!("Notification" in globalThis)) return "missing";
  if (Notification.permission === "denied") return "blocked";
  const isOn = readStored(CHOICE) === "on" && Notification.permission === "granted";
  return isOn ? "on" : "off";
}

/** Switch notifications on or off; the browser asks the user the first time. */
export async function chooseNotify(isOn: boolean): Promise<NotifyChoice> {
  writeStored(CHOICE, isOn ? "on" : "off");
  if (isOn && notifyChoice() !== "missing") await Notification.requestPermission();
  return notifyChoice();
}

/** Show a notification; one with the same tag is replaced. */
export function notify(title: string, body: string, tag: string): void {
  if (notifyChoice() !== "on") return;
  try {
    new Notification(title, { body, tag });
  } catch {
    // Some browsers of phones permit them to service workers only.
  }
}
