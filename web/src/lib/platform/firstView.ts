/** Parts that the first view does not need load after it has been drawn. */
import type { After } from "./after";
import { retrying } from "./retrying";

/** A first view that is not drawn by then is not waited for. */
const PATIENCE_MS = 5_000;

let drawn: Promise<void> = Promise.resolve();
let announce = () => {};

/** Hold back the later parts from now on; without this call they load at once. */
export function holdBackLaterParts(after: After): void {
  drawn = new Promise((resolve) => {
    announce = resolve;
    after(PATIENCE_MS, resolve);
  });
}

/** Let the later parts load. */
export function announceFirstView(): void {
  announce();
}

/** Resolve once the first view has been drawn. */
export function firstViewDrawn(): Promise<void> {
  return drawn;
}

/** Load a part after the first view has been drawn. */
export async function afterFirstView<Part>(load: () => Promise<Part>): Promise<Part> {
  await drawn;
  return retrying(load);
}
