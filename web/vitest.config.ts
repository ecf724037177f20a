import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    restoreMocks: true,
    // One environment and one copy of the modules per worker: a file costs its tests, not its imports.
    isolate: false,
    maxWorkers: "100%",
    testTimeout: 40_000,
    env: { TZ: "UTC" },
  },
});
