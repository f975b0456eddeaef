import { readFileSync } from "node:fs";
import { makeFilePort } from "~/integrations/storage/files.server";
import { readSettings, SettingsError } from "~/settings.server";
import { BackupError } from "~db/backup/manifest";
import { takeBackup } from "~db/backup/take";
import { NotMigratedError } from "~db/history";

/** `npm run backup -- DIR`: database and files as of one moment, sealed as they are, into a new folder. Nobody has to stop. Reads only. */
const [folder = ""] = process.argv.slice(2);
if (folder === "") {
  console.error("Usage: npm run backup -- DIR (a new folder)");
  process.exit(2);
}
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
try {
  const settings = readSettings(process.env);
  const { takenAt, tables, files } = await takeBackup(settings.MIGRATION_URL, folder, version, makeFilePort(settings), (place) => makeFilePort({ FILES_DIR: place }));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  process.stdout.write(`The backup in ${folder} shows ${takenAt}: ${tables.length} tables with ${rows} rows, ${files.count} files.\n`);
  if (files.missing.length > 0)
    console.error(`${files.missing.length} files that the database names were not there, or not what they were: ${files.missing.slice(0, 5).join(", ")}`);
  process.exitCode = files.missing.length === 0 ? 0 : 3;
} catch (error) {
  console.error(error instanceof BackupError || error instanceof NotMigratedError || error instanceof SettingsError ? error.message : error);
  process.exit(1);
}
