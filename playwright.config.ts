import { defineConfig } from "@playwright/test";
import { findBrowser } from "./tests/support/browser";
import { dataDir, logFile, port } from "./tests/support/portal";

const browser = await findBrowser();
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Journeys through the demo itself, fresh, in a real Chromium at phone size. */
export default defineConfig({
  testDir: "tests/e2e",
  fullyParallel: false,
  workers: 1,
  timeout: 60_000,
  // What a page shows once it has answered may take as long as a step.
  expect: { timeout: 15_000 },
  reporter: process.env.E2E_REPORT ? [["json", { outputFile: process.env.E2E_REPORT }], ["line"]] : "line",
  outputDir: "node_modules/.cache/e2e",
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    // A step that cannot be taken fails as itself, not as the whole journey's time.
    actionTimeout: 15_000,
    navigationTimeout: 15_000,
    viewport: { width: 390, height: 844 },
    launchOptions: {
      executablePath: browser.executablePath,
      args: [...browser.args, ...quiet],
      env: { ...process.env, ...browser.env },
    },
    trace: "off",
  },
  webServer: {
    // What it prints is read by the canaries, and by whoever wants to know why it did not start.
    command: `exec node --import tsx scripts/demo.ts --fresh > "${logFile}" 2>&1`,
    url: `http://127.0.0.1:${port}/healthz`,
    env: { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "info" },
    timeout: 600_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
  },
});
