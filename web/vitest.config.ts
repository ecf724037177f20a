import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Set before the worker starts: a thread cannot change the time zone.
process.env.TZ = "UTC";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    restoreMocks: true,
    // One worker with one environment and one copy of the modules: a file costs its tests, not its
    // imports. A second worker would import and compile everything again, while the other core has
    // the tests of the program. A thread receives modules without files in between.
    isolate: false,
    pool: "threads",
    maxWorkers: 1,
    testTimeout: 40_000,
  },
});
