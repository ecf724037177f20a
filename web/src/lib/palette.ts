/**
 * The models' colours: eight that stay apart for colour-blind eyes too, in both themes, and stand
 * out from the surface (contrast of 3 and more). A test measures both.
 */
export interface Swatch {
  readonly light: string;
  readonly dark: string;
}

export const PALETTE: readonly [Swatch, ...Swatch[]] = [
  { light: "#3d36c8", dark: "#4a7df5" },
  { light: "#b35606", dark: "#fb8c1c" },
  { light: "#05816f", dark: "#0cc39e" },
  { light: "#780a68", dark: "#bb4aa5" },
  { light: "#ad9106", dark: "#e6dc2e" },
  { light: "#855ef9", dark: "#b397ff" },
  { light: "#049ecd", dark: "#83eefb" },
  { light: "#930808", dark: "#d42515" },
];

export const DASHES = ["solid", "dashed", "dotted"] as const;
export type Dash = (typeof DASHES)[number];
