import { makeLog } from "~/server/makeRuntime.server";
import { endOnSignals, run } from "~/server/run.server";
import { readSettings, SettingsError } from "~/settings.server";
import { NotMigratedError, requireOurHistoryAt } from "~db/history";
import { migrate } from "~db/migrate";

const log = makeLog();
try {
  const settings = readSettings(process.env);
  if (settings.MIGRATION_URL !== settings.DATABASE_URL)
    await migrate(settings.MIGRATION_URL, new URL(settings.DATABASE_URL).username);
  else await requireOurHistoryAt(settings.DATABASE_URL);
  const running = await run(settings, log);
  endOnSignals(running.stop, log, 15_000 + settings.DRAIN_SECONDS * 1_000);
  log.info({ listening: running.port, role: settings.ROLE });
} catch (error) {
  console.error(error instanceof SettingsError || error instanceof NotMigratedError ? error.message : error);
  process.exit(1);
}
