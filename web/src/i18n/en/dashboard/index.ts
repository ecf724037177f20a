import { curve } from "./curve";
import { figures } from "./figures";
import { header } from "./header";
import { models } from "./models";
import { notices } from "./notices";
import { toolbar } from "./toolbar";

/** Texts of the header, the figures, the curve and the models table. */
export const dashboard = {
  ...header,
  strip: notices,
  ...toolbar,
  figures,
  curve,
  ...models,
};
