import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { aHouse, test, today } from "../../support/backups";
import { aFolder } from "../../support/folders";
import { startSettings } from "../../support/startSettings";
import { KEYS } from "../../support/world";

test("the two commands do it, and say what they did", async ({ db, databaseUrl, ownerUrl, elsewhere }) => {
  const world = today(db);
  await aHouse(world);
  const run = (script: string, words: readonly string[], env: Readonly<Record<string, string>>) =>
    spawnSync(process.execPath, ["--import", "tsx", script, ...words], {
      encoding: "utf8",
      timeout: 40_000,
      env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env },
    });
  const here = { ...startSettings({ databaseUrl, ownerUrl, filesFolder: world.filesFolder }), ...KEYS };
  const there = {
    ...startSettings({
      databaseUrl: elsewhere.appUrl,
      ownerUrl: elsewhere.ownerUrl,
      filesFolder: elsewhere.filesFolder,
    }),
    ...KEYS,
  };
  const folder = path.join(aFolder("by-command"), "one");
  mkdirSync(folder);
  expect(run("scripts/backup.ts", [], here)).toMatchObject({ status: 2 });
  expect(run("scripts/backup.ts", [folder], here)).toMatchObject({
    status: 0,
    stderr: "",
    stdout: expect.stringMatching(/^The backup in .* tables with \d+ rows, 1 files\.\n$/) as string,
  });
  expect(existsSync(path.join(folder, "manifest.json"))).toBe(true);
  expect(run("scripts/backup.ts", [folder], here)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^.* is not empty: [^\n]*\n$/) as string,
  });
  // Another key under the same name, and one under another name: both commands say so in a sentence, before
  // anything is written.
  const otherKeys = { DATA_KEY: `test:${randomBytes(32).toString("base64")}` };
  const elsewhereSealed = { DATA_KEY: `other:${randomBytes(32).toString("base64")}` };
  for (const keys of [otherKeys, elsewhereSealed])
    expect(run("scripts/backup.ts", [`${folder}-other`], { ...here, ...keys })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /^DATA_KEY is not the portal's: what lies under "test"[^\n]*Nothing was written[^\n]*\n$/,
      ) as string,
    });
  expect(existsSync(`${folder}-other`)).toBe(false);
  expect(run("scripts/restore.ts", [folder], { ...there, ...otherKeys })).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^The backup in [^\n]*made with other keys[^\n]*\n$/) as string,
  });
  expect(run("scripts/restore.ts", [folder, "with-keys"], there)).toMatchObject({ status: 2 });
  expect(run("scripts/restore.ts", [folder], there)).toMatchObject({
    status: 0,
    stderr: "",
    stdout: expect.stringContaining("npm run admin -- outbox release") as string,
  });
  expect(run("scripts/restore.ts", [folder], there)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/tables: a backup goes into[^\n]*\n$/) as string,
  });
  const { stdout } = run("scripts/admin.ts", ["outbox", "release"], there);
  expect(stdout).toMatch(/is let go: 2 pieces of work were done and told to nobody, 0 were set aside/);
}, 120_000);
