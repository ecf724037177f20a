import { channels } from "./channels";
import { delivery } from "./delivery";
import { rules } from "./rules";

/** Texts of the alert settings: channels, rules and delivery. */
export const alertSettings = {
  title: "Alerts",
  intro: "Messages about what happens while you are away. Changes save automatically.",
  failed: "The alerts could not be loaded.",
  required: "Required.",
  /** Why a value was refused, by its field. */
  refused: {
    url: "Check the address: it must begin with https://, http:// is for this machine only.",
    secret: "Enter the secret together with the address.",
    name: "Enter a name of at most 64 characters.",
    other: (reason: string) => `Not saved: ${reason}`,
  },
  channels,
  ...rules,
  delivery,
};
