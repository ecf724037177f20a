/** Keys of the whole page: R refreshes, 1 to 6 choose the range, / finds, ? opens the list of keys. */
import { useEffect } from "react";
import { changeAddress } from "@/hooks/useAddress";
import { isTextField } from "@/lib/typing";

const HOURS = [1, 2, 3, 6, 12, 24] as const;

export function useShortcuts(): void {
  useEffect(() => {
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

function press(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTaken(event.target))
    return;
  const hours = HOURS[Number(event.key) - 1];
  if (hours !== undefined && !isWithoutRanges()) changeAddress({ range: { kind: "last", hours } });
  else if (event.key === "?") changeAddress({ dialog: "keys" });
  else if (event.key === "/") find(event);
  else if (event.key.toLowerCase() === "r") button("refresh")?.click();
}

const NO_RANGES = '[data-page="settings"], fieldset[disabled] [data-shortcut="range"]';

/** Whether the settings are shown instead of a range, or no other range can be loaded. */
function isWithoutRanges(): boolean {
  return document.querySelector(NO_RANGES) !== null;
}

function button(name: string): HTMLElement | null {
  return document.querySelector(`[data-shortcut="${name}"]`);
}

const FIND = "find";
/** The filter is there once its panel has loaded. */
const PATIENCE_MS = 5_000;

/** Show the requests, and focus the first part of their filter. */
function find(event: KeyboardEvent): void {
  event.preventDefault();
  changeAddress({ panel: "records" });
  if (focus(button(FIND))) return;
  const observer = new MutationObserver(() => {
    if (focus(button(FIND))) observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), PATIENCE_MS);
}

function focus(control: HTMLElement | null): boolean {
  control?.scrollIntoView({ block: "center" });
  control?.focus();
  return control !== null;
}

/** Whether a field or a dialog needs the key. */
function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]')) return true;
  return isTextField(target);
}
