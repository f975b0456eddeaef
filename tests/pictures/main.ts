import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";
import sharp from "sharp";
import { ended, started } from "../bench/portal";
import { PEAKS } from "../e2e/steps/peaks";
import { findBrowser } from "../support/browser";
import { freePort } from "../support/house";

/**
 * `npm run pictures`: plays a demo anew and takes a picture of each of the ten moments by which people
 * remember the portal, on a phone, into docs/pictures.
 */
const folder = mkdtempSync(path.join(os.tmpdir(), "hongxin-pictures-"));
const port = String(await freePort());
const demo = await started(["scripts/demo.ts", "--fresh"], { DATA_DIR: folder, PORT: port }, /Ctrl\+C (.*)/);
const { executablePath, args, env } = await findBrowser();
const browser = await chromium.launch({
  executablePath,
  args: [...args, "--no-sandbox", "--disable-gpu"],
  env: { ...process.env, ...env },
});

try {
  mkdirSync("docs/pictures", { recursive: true });
  const context = await browser.newContext({
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 1.5,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();

  for (const [name, open] of Object.entries(PEAKS)) {
    await open(page);
    await page.waitForLoadState();
    await page.getByRole("main").waitFor();
    await sharp(await page.screenshot())
      .webp({ quality: 80 })
      .toFile(`docs/pictures/${name}.webp`);
    process.stdout.write(`docs/pictures/${name}.webp\n`);
  }
} finally {
  await browser.close();
  await ended(demo.child);
  rmSync(folder, { recursive: true, force: true });
}
