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

interface Options {
  /** A notification with the same tag is replaced. */
  readonly tag: string;
  /** Whether it stays until the user closes it. */
  readonly isUrgent?: boolean;
  /** Called after a click, when the page has the focus. */
  readonly onClick?: () => void;
}

/** Show a notification; return whether the browser does. */
export function notify(title: string, body: string, { tag, isUrgent, onClick }: Options): boolean {
  if (notifyChoice() !== "on") return false;
  try {
    const shown = new Notification(title, { body, tag, requireInteraction: isUrgent ?? false });
    shown.onclick = () => {
      window.focus();
      onClick?.();
      shown.close();
    };
    return true;
  } catch {
    // Some browsers of phones permit them to service workers only.
    return false;
  }
}
