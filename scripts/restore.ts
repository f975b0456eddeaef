import { uuidv7 } from "uuidv7";
import { keyProofs, readKeyring } from "~/domain/kernel/sealing.server";
import { makeFilePort } from "~/integrations/storage/files.server";
import { readSettings, SettingsError } from "~/settings.server";
import { BackupError } from "~db/backup/manifest";
import { restoreBackup } from "~db/backup/restore";
import { NotMigratedError } from "~db/history";

/**
 * `npm run restore -- DIR`: a backup into a database without tables, and its files into the store that the
 * settings name. What sends is held afterwards.
 */
const [folder = "", word] = process.argv.slice(2);
if (folder === "" || (word !== undefined && word !== "without-keys")) {
  console.error(
    "Usage: npm run restore -- DIR\n       npm run restore -- DIR without-keys   where its keys are lost for ever: what they seal stays closed",
  );
  process.exit(2);
}

try {
  const settings = readSettings(process.env);
  const appRole = new URL(settings.DATABASE_URL).username;
  const keys = readKeyring(settings.DATA_KEY, settings.HASH_KEY);
  const keysOf = word === undefined ? (salt: string) => keyProofs(keys, salt) : undefined;
  const { takenAt, tables, files } = await restoreBackup(
    settings.MIGRATION_URL,
    appRole,
    folder,
    uuidv7(),
    keysOf,
    makeFilePort(settings),
    (place) => makeFilePort({ FILES_DIR: place }),
  );
  process.stdout.write(
    [
      `The database is as of ${takenAt}: ${tables.length} tables, ${files.count} files.`,
      "Nothing is sent and no clock runs until you let it go: what waited then may have gone out since.",
      "  npm run admin -- outbox release          asks Stripe what was paid, does what is due, and sends nothing of it",
      "  npm run admin -- outbox release unsent   only where nothing can have been sent since: sends all of it",
      "",
    ].join("\n"),
  );
} catch (error) {
  console.error(
    error instanceof BackupError || error instanceof NotMigratedError || error instanceof SettingsError
      ? error.message
      : error,
  );
  process.exit(1);
}
