import { readFileSync } from "node:fs";
import { keyProofs, type Keyring, readKeyring } from "~/domain/kernel/sealing.server";
import { triedKeys } from "~/domain/sealed/triedKeys.server";
import { makeFilePort } from "~/integrations/storage/files.server";
import { readSettings, SettingsError } from "~/settings.server";
import { BackupError } from "~db/backup/manifest";
import { takeBackup } from "~db/backup/take";
import { connect } from "~db/client";
import { NotMigratedError, requireOurHistoryAt } from "~db/history";

/**
 * `npm run backup -- DIR`: database and files as of one moment, sealed as they are, into a new folder. Nobody
 * has to stop. Reads only.
 */
const [folder = ""] = process.argv.slice(2);
if (folder === "") {
  console.error("Usage: npm run backup -- DIR (a new folder)");
  process.exit(2);
}

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
try {
  const settings = readSettings(process.env);
  const keys = readKeyring(settings.DATA_KEY, settings.HASH_KEY);
  await requirePortalsKeys(settings.MIGRATION_URL, keys);
  const keysOf = (salt: string) => keyProofs(keys, salt);
  const { takenAt, tables, files } = await takeBackup(
    settings.MIGRATION_URL,
    folder,
    version,
    keysOf,
    makeFilePort(settings),
    (place) => makeFilePort({ FILES_DIR: place }),
  );
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  process.stdout.write(
    `The backup in ${folder} shows ${takenAt}: ${tables.length} tables with ${rows} rows, ${files.count} files.\n`,
  );
  if (files.missing.length > 0)
    console.error(
      `${files.missing.length} files that the database names were not there, or not what they were: ${files.missing.slice(0, 5).join(", ")}`,
    );
  process.exitCode = files.missing.length === 0 ? 0 : 3;
} catch (error) {
  console.error(
    error instanceof BackupError || error instanceof NotMigratedError || error instanceof SettingsError
      ? error.message
      : error,
  );
  process.exit(1);
}

/**
 * The backup says which keys it needs; with others than the portal's it would say it wrongly, and be refused
 * on the day when it is wanted.
 * @throws {BackupError} where a key of the settings does not open what lies under its name, or none of them
 *   opens anything
 */
async function requirePortalsKeys(url: string, keys: Keyring): Promise<void> {
  await requireOurHistoryAt(url);
  const connection = connect(url, { max: 1, statementMs: 30 * 60_000 });
  const { open, closed } = await triedKeys(connection.db, keys).finally(connection.close);
  const names = closed.map((id) => `"${id}"`).join(", ");
  if (closed.some((id) => keys.masterKeys.has(id)) || (closed.length > 0 && open.length === 0))
    throw new BackupError(
      `DATA_KEY is not the portal's: what lies under ${names} does not open with it. Nothing was written. Take the backup with the portal's own settings.`,
    );
  if (closed.length > 0)
    console.error(
      `No key of DATA_KEY opens what lies under ${names}: it is in the backup, and stays closed.`,
    );
}
