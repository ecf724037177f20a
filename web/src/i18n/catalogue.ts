/**
 * The type of a catalogue. The English one gives the shape; another language that lacks a key, has one
 * too many or takes other values does not compile, and so fails the build.
 */
import type { en } from "./en";

export type Like<Shape> = {
  readonly [Key in keyof Shape]: Shape[Key] extends string
    ? string
    : Shape[Key] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Like<Shape[Key]>;
};

export type Messages = Like<typeof en>;

export type Locale = "en" | "zh-CN";

const english = new Intl.PluralRules("en");

/** English has two forms for a number of things. */
export function plural(count: number, one: string, other: string): string {
  return english.select(count) === "one" ? one : other;
}
