import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (folder: string) => fileURLToPath(new URL(folder, import.meta.url));
const shared = { setupFiles: [here("./tests/support/quiet.ts")] };
const alias = { "~db": here("./db"), "~": here("./app") };

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      { resolve: { alias }, test: { ...shared, name: "unit", include: ["tests/unit/**/*.test.{ts,tsx}"], testTimeout: 60_000 } },
      {
        resolve: { alias },
        test: {
          ...shared,
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: [here("./tests/support/cluster.ts")],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
