import { NotMigratedError } from "~db/history";
import { migrate } from "~db/migrate";

/**
 * `npm run migrate`: brings the database to this version, as a step of its own before copies of it are
 * started. Safe to repeat.
 */
const { MIGRATION_URL, DATABASE_URL } = process.env;
if (!MIGRATION_URL || !DATABASE_URL) {
  console.error("MIGRATION_URL (owner) and DATABASE_URL (the app's role) are both needed.");
  process.exit(2);
}

try {
  await migrate(MIGRATION_URL, new URL(DATABASE_URL).username);
} catch (error) {
  console.error(error instanceof NotMigratedError ? error.message : error);
  process.exit(1);
}

process.stdout.write("The database is of this version.\n");
