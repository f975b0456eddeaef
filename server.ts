import cluster from "node:cluster";
import { makeLog } from "~/server/makeRuntime.server";
import { rolesOf, runProcesses, sayReady } from "~/server/processes.server";
import { endOnSignals, run } from "~/server/run.server";
import { readSettings, type Settings, SettingsError } from "~/settings.server";
import { NotMigratedError, requireOurHistoryAt } from "~db/history";
import { migrate } from "~db/migrate";

const log = makeLog();

async function prepare(settings: Settings): Promise<void> {
  if (settings.MIGRATION_URL === settings.DATABASE_URL) await requireOurHistoryAt(settings.DATABASE_URL);
  else await migrate(settings.MIGRATION_URL, new URL(settings.DATABASE_URL).username);
}

try {
  const settings = readSettings(process.env);
  // One of several processes finds the database as the first one left it.
  if (cluster.isPrimary) await prepare(settings);
  const roles = rolesOf(settings);
  const running = roles.length === 1 ? await run(settings, log) : await runProcesses(roles, log);
  endOnSignals(running.stop, log, 15_000 + settings.DRAIN_SECONDS * 1_000);
  sayReady(running.port);
  if (cluster.isPrimary) log.info({ listening: running.port, role: settings.ROLE, processes: roles.length });
} catch (error) {
  console.error(error instanceof SettingsError || error instanceof NotMigratedError ? error.message : error);
  process.exit(1);
}
