import { LIMIT_DEFAULTS } from "~/domain/kernel/limits.server";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { connect } from "~db/client";
import { NotMigratedError } from "~db/history";
import { migrate } from "~db/migrate";
import { seedReference } from "~db/seed/reference";

/**
 * `npm run load`: first run of an installation. Migrates, then loads towns, groups, units, kinds, the two
 * lists and the limits. Safe to repeat.
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

const connection = connect(MIGRATION_URL, { max: 1 });
await seedReference(connection.db, { isDemo: false, limits: LIMIT_DEFAULTS, traditional, now: new Date() });
await connection.close();
process.stdout.write("The reference data is loaded.\n");
