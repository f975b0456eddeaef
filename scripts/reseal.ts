import { answersUnderOldKeys, reseal } from "~/domain/sealed/reseal.server";
import { plusDays, shanghaiDay } from "~/domain/kernel/time";
import { ANSWER_DAYS } from "~/domain/retention/terms.server";
import { makeRuntime, systemContext } from "~/server/makeRuntime.server";
import { readSettings } from "~/settings.server";
import { connect } from "~db/client";

/** One statement may read a whole table. */
const STATEMENT_MS = 1_800_000;

/**
 * `npm run reseal`: after a new key stands first in DATA_KEY, everything that lies under an older one is sealed under it, while the portal is
 * at work. Safe to break off and to repeat. Says what is left, and until when the old key is still needed.
 */
const settings = readSettings(process.env);
const connection = connect(settings.DATABASE_URL, { max: 1, statementMs: STATEMENT_MS });
const ctx = systemContext(makeRuntime(settings, connection.db), "reseal");
const say = (line: string) => process.stdout.write(`${line}\n`);
let failures = 0;
for await (const { what, resealed, failed } of reseal(ctx)) {
  say(`${failed.length === 0 ? "ok  " : "FAIL"} ${what.padEnd(32)} ${String(resealed).padStart(9)} sealed anew`);
  for (const id of failed.slice(0, 20)) say(`       ${id}: no key of DATA_KEY opens it`);
  failures += failed.length;
}
const { answers, last } = await answersUnderOldKeys(ctx);
if (last) say(`\n${answers} answers to requests need the old key until ${shanghaiDay(plusDays(last, ANSWER_DAYS + 1))}: keep it behind the new one until then.`);
else say("\nNothing needs an older key any more.");
await connection.close();
process.exitCode = failures === 0 ? 0 : 1;
