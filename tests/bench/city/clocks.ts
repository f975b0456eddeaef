import pino from "pino";
import type postgres from "postgres";
import { makeRuntime, systemContext } from "~/server/makeRuntime.server";
import type { Settings } from "~/settings.server";
import { CLOCKS } from "~/worker/clocks.server";
import { connect } from "~db/client";
import type { Asked } from "../../support/plans";
import { type Cost, planAsWhenLarge, readBy } from "./tour";

/** What a clock reads to find what is due. */
export type ClockCost = Pick<Cost, "scans" | "most"> & Readonly<{ clock: string }>;

/**
 * Runs every clock where nothing can be written: each finds what is due, and fails at whatever it would do to
 * a row, which passes to the next. `database` is a superuser's connection.
 */
export async function askClocks(settings: Settings, database: postgres.Sql, at: Date): Promise<ClockCost[]> {
  let heard = new Map<string, Asked>();
  await database`alter role hongxin_app set default_transaction_read_only = on`;
  const connection = connect(settings.DATABASE_URL, {
    max: 2,
    onStatement: (query, parameters) => {
      // The same is asked of row after row, and of page after page: the first says what it costs.
      if (!heard.has(query)) heard.set(query, { query, parameters });
    },
  });
  const runtime = {
    ...makeRuntime(settings, connection.db, { log: pino({ level: "silent" }) }),
    now: () => at,
  };
  const costs: ClockCost[] = [];
  await planAsWhenLarge(database);
  try {
    for (const { name, run } of CLOCKS) {
      heard = new Map();
      await run(systemContext(runtime, "worker")).catch(() => undefined);
      costs.push({ clock: name, ...(await readBy(database, [...heard.values()])) });
    }
  } finally {
    await connection.close();
    await database`alter role hongxin_app reset default_transaction_read_only`;
    await database`reset all`;
  }

  return costs;
}
