import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { readKeyring } from "~/domain/kernel/sealing.server";
import { playDemo } from "./city/demo";
import { fillCity } from "./city/fill";
import { tour } from "./city/tour";
import { median, percentile, rounded, say } from "./support";

const FAST_MS = 100;
const FEW_STATEMENTS = 15;
const SHOWN = 15;

/**
 * Every page of the built portal with a city in the database that is many times the demo's: `--size=1` is
 * 3,000 households with all that became of them, `--size=100` a city of millions. CITY_DIR is a folder in
 * which the city stays: another run asks it again instead of filling one anew.
 */
export async function city(flags: ReadonlyMap<string, number>) {
  // Before the build is read, which brings the React of this word.
  process.env.NODE_ENV = "production";
  const size = flags.get("size") ?? 1;
  const kept = process.env.CITY_DIR;
  const { server, settings, end } = await playDemo(kept);
  try {
    const database = postgres(server.superuserUrl, {
      max: 1,
      fetch_types: false,
      onnotice: () => undefined,
      connection: { TimeZone: "UTC" },
    });
    const filled = kept && path.join(kept, "filled");
    if (!filled || !existsSync(filled)) {
      const began = performance.now();
      const rows = await fillCity(database, readKeyring(settings.DATA_KEY, settings.HASH_KEY), size);
      say(`filled in ${Math.round((performance.now() - began) / 1_000)} s: ${JSON.stringify(rows)}`);
      if (filled) writeFileSync(filled, String(size));
    }

    const { costs, shut, missing } = await tour(settings, database, { say });
    await database.end();
    const slowest = [...costs].sort((a, b) => b.ms - a.ms);
    for (const { page, ms, processorMs, statements, most, slowest: of } of slowest.slice(0, SHOWN))
      say(
        `${Math.round(ms)} ms (${Math.round(processorMs)} ms of processor), ${statements} statements, ${most.rows} rows at most: ${page}\n    ${Math.round(of.ms)} ms ${of.query.slice(0, 400)}\n${of.plan}`,
      );
    for (const { page, statements } of costs)
      if (statements > FEW_STATEMENTS) say(`${statements} statements: ${page}`);
    for (const { page, scans } of costs)
      for (const { table } of scans) say(`${page} reads ${table} from end to end`);
    const times = costs.map(({ ms }) => ms);
    return {
      ratio: rounded(times.filter((ms) => ms < FAST_MS).length / times.length),
      means: `share of the pages that took less than ${FAST_MS} ms (median of three): higher is better, 1 is all`,
      size,
      pages: costs.length,
      processorRatio: rounded(costs.filter(({ processorMs }) => processorMs < FAST_MS).length / costs.length),
      medianMs: rounded(median(times), 0),
      p95Ms: rounded(percentile(times, 0.95), 0),
      medianProcessorMs: rounded(median(costs.map(({ processorMs }) => processorMs)), 0),
      slowestMs: rounded(slowest[0]?.ms ?? 0, 0),
      mostStatements: Math.max(...costs.map(({ statements }) => statements)),
      over15Statements: costs.filter(({ statements }) => statements > FEW_STATEMENTS).length,
      scans: costs.filter(({ scans }) => scans.length > 0).length,
      shut,
      missing,
    };
  } finally {
    await end();
  }
}
