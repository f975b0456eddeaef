import { randomBytes } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { LIMIT_DEFAULTS } from "~/domain/kernel/limits.server";
import { keyProofs, readKeyring } from "~/domain/kernel/sealing.server";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { makeFilePort } from "~/integrations/storage/files.server";
import { startTestDesk } from "~/integrations/stripe/testDesk/startTestDesk";
import { makeRuntime } from "~/server/makeRuntime.server";
import type { Settings } from "~/settings.server";
import { takeBackup } from "~db/backup/take";
import { connect } from "~db/client";
import { startEmbedded } from "~db/embedded";
import { migrate } from "~db/migrate";
import { seedReference } from "~db/seed/reference";
import { startBuiltPortal } from "../tests/support/builtPortal";
import { type Answer, factsOf, pagesOf, storedWords } from "../tests/upgrade/answers";
import { buildIfNeeded } from "./demo/buildIfNeeded";
import { playHistory } from "./demo/history";

/**
 * `npm run upgrade:keep -- NAME`: plays a demo of this version from its first day and keeps it in
 * tests/upgrade/kept/NAME: a backup, its keys, what the test desk knows, and the facts that ten pages told.
 * From then on every version has to bring it to itself and tell the same. At each release.
 */
const [name = ""] = process.argv.slice(2);
const target = path.join("tests/upgrade/kept", name);
if (!/^[\w.-]+$/.test(name) || existsSync(target)) {
  console.error(
    "Usage: npm run upgrade:keep -- NAME (such as the day of the release; one that is not there yet)",
  );
  process.exit(2);
}

buildIfNeeded(console.warn);
const place = mkdtempSync(path.join(os.tmpdir(), "hongxin-keep-"));
// The database's own user has to pass through.
chmodSync(place, 0o711);
const folder = path.join(place, "kept");
const database = await startEmbedded({ dataDir: path.join(place, "postgres"), unsafeFast: true });
const key = () => randomBytes(32).toString("base64");
const keys = { DATA_KEY: `demo:${key()}`, HASH_KEY: key(), STRIPE_WEBHOOK_SECRET: `whsec_${key()}` };
const PUBLIC_URL = "http://127.0.0.1:3000";
const deskFile = path.join(place, "test-desk.json");
// Nobody listens there: what was paid is asked for.
const desk = await startTestDesk({
  publicUrl: PUBLIC_URL,
  webhookUrl: `${PUBLIC_URL}/webhooks/stripe`,
  webhookSecret: keys.STRIPE_WEBHOOK_SECRET,
  stateFile: deskFile,
});
const settings: Settings = {
  DATABASE_URL: database.appUrl,
  MIGRATION_URL: database.ownerUrl,
  PUBLIC_URL,
  ...keys,
  STRIPE_SECRET_KEY: "sk_test_desk",
  STRIPE_EMULATOR_URL: desk.url,
  FILES_DIR: path.join(place, "files"),
  ROLE: "both",
  HOST: "127.0.0.1",
  PORT: 0,
  TRUSTED_PROXIES: 0,
  PROCESSES: 1,
  DRAIN_SECONDS: 0,
};
process.env.STRIPE_EMULATOR_URL = desk.url;
try {
  await migrate(database.ownerUrl, new URL(database.appUrl).username);
  const connection = connect(database.ownerUrl, { max: 2 });
  const askedAt = new Date();
  await seedReference(connection.db, { isDemo: true, limits: LIMIT_DEFAULTS, traditional, now: askedAt });
  await playHistory(makeRuntime(settings, connection.db), { until: askedAt });
  await connection.close();

  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const keysOf = (salt: string) => keyProofs(readKeyring(keys.DATA_KEY, keys.HASH_KEY), salt);
  const { tables } = await takeBackup(
    database.ownerUrl,
    folder,
    version,
    keysOf,
    makeFilePort(settings),
    (at) => makeFilePort({ FILES_DIR: at }),
  );
  writeFileSync(path.join(folder, "keys.json"), `${JSON.stringify(keys, null, 2)}\n`);
  if (existsSync(deskFile)) copyFileSync(deskFile, path.join(folder, "test-desk.json"));

  const owner = postgres(database.ownerUrl, { max: 1, fetch_types: false, onnotice: () => undefined });
  const stored = await storedWords(owner);
  const portal = await startBuiltPortal(settings, askedAt);
  const answers: Answer[] = [];
  for (const page of await pagesOf(owner)) {
    const answer = await portal.ask(page.at, page.who, page.form);
    if (answer.status !== 200) throw new Error(`${page.page} answers ${answer.status}`);
    answers.push({ ...page, facts: factsOf(await answer.text(), page.at.endsWith(".csv"), stored) });
  }

  await portal.close();
  await owner.end();
  writeFileSync(
    path.join(folder, "answers.json"),
    `${JSON.stringify({ askedAt: askedAt.toISOString(), answers }, null, 2)}\n`,
  );
  cpSync(folder, target, { recursive: true });
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  process.stdout.write(
    `${target}: ${rows} rows, ${answers.map(({ page, facts }) => `${page} ${facts.length}`).join(", ")} facts.\n`,
  );
} finally {
  await desk.close();
  await database.stop();
  rmSync(place, { recursive: true, force: true });
}
