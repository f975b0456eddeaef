import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (folder: string) => fileURLToPath(new URL(folder, import.meta.url));
const alias = { "~db": here("./db"), "~": here("./app") };

/**
 * Files, tests and what fast-check makes up come in another order each time, so that nothing leans on one.
 * `TEST_SEED=… npx vitest run` repeats a run; the processes of one run share its seed.
 */
process.env.TEST_SEED ??= String(Date.now() % 1_000_000);
const seed = parseInt(process.env.TEST_SEED, 10);
if (process.env.VITEST_WORKER_ID === undefined) process.stdout.write(`TEST_SEED=${seed}\n`);

const shared = { setupFiles: [here("./tests/support/quiet.ts"), here("./tests/support/seed.ts")] };
const sequence = { shuffle: { files: true, tests: true }, seed };

export default defineConfig({
  resolve: { alias },
  test: {
    sequence,
    projects: [
      {
        resolve: { alias },
        test: {
          ...shared,
          sequence: { ...sequence, groupOrder: 0 },
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          testTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          ...shared,
          // After the unit tests: it takes fewer workers, each with a database to copy.
          sequence: { ...sequence, groupOrder: 1 },
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: [here("./tests/support/cluster.ts")],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        resolve: { alias },
        test: {
          ...shared,
          sequence: { ...sequence, groupOrder: 2 },
          name: "built",
          include: ["tests/built/**/*.test.ts", "tests/upgrade/**/*.test.ts"],
          // Of the portal as it is built; each of these tests keeps both cores busy.
          globalSetup: [here("./tests/support/cluster.ts"), here("./tests/support/built.ts")],
          testTimeout: 600_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
        },
      },
    ],
  },
});
