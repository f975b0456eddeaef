import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { expect, test } from "vitest";
import { reachableFolder } from "~db/embedded";
import { findBrowser, howToBring, missingLibraries, readLdd } from "../../support/browser";
import { aFolder } from "../../support/folders";
import { bringFonts } from "../../support/fonts";

test(
  "a browser on a machine without any font shows Chinese and Latin, each sign as itself",
  { timeout: 120_000 },
  async () => {
    const folder = aFolder("fonts");
    const file = bringFonts(folder, "/nowhere/fonts.conf");
    expect(bringFonts(folder, "/nowhere/fonts.conf")).toBe(file);
    expect(readdirSync(folder).filter((name) => name.endsWith(".ttf"))).toHaveLength(4);
    const { executablePath, args, env } = await findBrowser();
    const browser = await chromium.launch({
      executablePath,
      args: [...args, "--no-sandbox", "--disable-gpu"],
      env: { ...process.env, ...env, FONTCONFIG_FILE: file },
    });
    try {
      const page = await browser.newPage();
      await page.setContent('<p style="font: 40px sans-serif">红心愿 abc</p>');
      const drawn = await page.evaluate(() =>
        ["红", "心", "愿", "a", "b", "\u{F8FF}", "\u{F8FE}"].map((sign) => {
          const canvas = document.createElement("canvas");
          const pen = canvas.getContext("2d");
          if (!pen) return "";
          pen.font = "60px sans-serif";
          pen.fillText(sign, 10, 80);
          return canvas.toDataURL();
        }),
      );
      expect(new Set(drawn.slice(0, 5)).size).toBe(5);
      // The check can fail: signs that no font has look alike.
      expect(drawn[5]).toBe(drawn[6]);
      expect(drawn.slice(0, 5)).not.toContain(drawn[5]);
    } finally {
      await browser.close();
    }
  },
);

test("what a browser lacks is named in one line, with the command that brings it", () => {
  const said =
    "\tlinux-vdso.so.1 (0x0)\n\tlibatk-1.0.so.0 => not found\n\tlibnss3.so => /usr/lib/libnss3.so (0x0)\n\tlibgbm.so.1 => not found\n\tlibatk-1.0.so.0 => not found\n\tlibstrange.so.9 => not found\n";
  expect(readLdd(said)).toEqual(["libatk-1.0.so.0", "libgbm.so.1", "libstrange.so.9"]);
  const line = howToBring(readLdd(said));
  expect(line).toContain("apt-get install -y libatk1.0-0 libgbm1 libstrange.so.9");
  expect(line).not.toContain("\n");
  expect(missingLibraries(process.execPath, {})).toEqual([]);
});

test("where the database's user cannot pass, its folder lies elsewhere, always the same place for the same wish; nothing is opened", () => {
  const open = aFolder("open");
  chmodSync(open, 0o755);
  expect(reachableFolder(path.join(open, "data"))).toBe(path.join(open, "data"));
  const closed = path.join(aFolder("closed"), "root");
  mkdirSync(closed);
  chmodSync(closed, 0o700);
  const wished = path.join(closed, "portal/.data/demo");
  const given = reachableFolder(wished);
  if (process.getuid?.() === 0) {
    expect(given).toMatch(/^\/var\/lib\/hongxin\/\.data-[\da-f]{8}\/demo$/);
    expect(reachableFolder(wished)).toBe(given);
    expect(reachableFolder(path.join(closed, "other/.data/demo"))).not.toBe(given);
  } else expect(given).toBe(wished);
  expect([statSync(closed).mode & 0o777, existsSync(wished)]).toEqual([0o700, false]);
});
