/**
 * The texts of a part that loads only when it is asked for: they come along with the part, so that
 * the shell carries none of them. The English object gives the shape, as in the shell's catalogue.
 */
import { useLocale } from ".";
import type { Locale } from "./catalogue";

export function useTexts<Texts>(catalogue: Readonly<Record<Locale, Texts>>): Texts {
  return catalogue[useLocale()];
}
