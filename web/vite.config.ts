import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { sizeBudget } from "./build/budget.ts";
import { compressed } from "./build/compressed.ts";
import { integrity } from "./build/integrity.ts";

/**
 * Libraries that the shell needs anyway: one chunk compresses better than the pieces into which the
 * bundler divides them, and stays in the browser's cache over releases. Parts of them that only
 * later parts use (infinite queries) stay with those.
 */
const SHELL_LIBRARIES =
  /node_modules\/(?:react|react-dom|scheduler|@tanstack\/(?:react-query|query-core)|openapi-fetch|eventsource-parser)\/(?!.*nfinite)/;

/** The parts that follow the first view, with all that they need. */
const LATER = /\/src\/(?:app|features\/dashboard)\/later\.ts$/;

/** Modules that the curve and later parts share: in a file of their own, neither waits for the other. */
const CURVE_AND_LATER = /\/(?:components\/chart|tslib)\//;

const CURVE_MODULE = "/components/chart/CurveCanvas.tsx";

const SERVER = "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    integrity(),
    sizeBudget({
      shell: 137_000,
      withCurve: 310_000,
      curveModule: CURVE_MODULE,
    }),
    compressed(),
  ],
  // Relative addresses work below any path at which a proxy serves the page.
  base: "./",
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: "../src/creditcurve/static",
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    // The content security policy has no room for data: fonts and scripts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        // Chromium then compiles a chunk wholly beside the main thread, instead of each function there.
        postBanner: "//# allFunctionsCalledOnLoad",
        codeSplitting: {
          // A module belongs to the first group that wants it, or that wants one that needs it.
          groups: [
            { name: "libraries", test: SHELL_LIBRARIES },
            { name: "shell", tags: ["$initial"] },
            { name: "plot", test: CURVE_AND_LATER, minShareCount: 2 },
            { name: "curve", test: (id) => id.endsWith(CURVE_MODULE) },
            { name: "later", test: LATER },
          ],
        },
      },
    },
  },
  worker: { format: "es" },
  server: {
    // The Host stays the page's own: a changing call whose Origin differs from it is refused.
    proxy: {
      "/api": { target: SERVER, changeOrigin: false },
      "/metrics": { target: SERVER, changeOrigin: false },
    },
  },
});
