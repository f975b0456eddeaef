import { plusDays, shanghaiDay } from "~/domain/kernel/time";
import { ANSWER_DAYS } from "~/domain/retention/terms.server";
import { rehash, type UnderOlderKey, underOlderKeys } from "~/domain/sealed/rehash.server";
import { answersUnderOldKeys, reseal } from "~/domain/sealed/reseal.server";
import { makeRuntime, systemContext } from "~/server/makeRuntime.server";
import { readSettings } from "~/settings.server";
import { connect } from "~db/client";

/** One statement may read a whole table. */
const STATEMENT_MS = 1_800_000;
const MOST_NAMED = 20;

/**
 * `npm run reseal`: after a new key stands first in DATA_KEY or HASH_KEY, everything that lies under an older
 * one is sealed or hashed under it, while the portal is at work. Safe to break off and to repeat. Says of
 * each older key what is left, until when it is still needed, and what ends with it.
 */
const settings = readSettings(process.env);
const connection = connect(settings.DATABASE_URL, { max: 1, statementMs: STATEMENT_MS });
const ctx = systemContext(makeRuntime(settings, connection.db), "reseal");
const say = (line: string) => process.stdout.write(`${line}\n`);
let failures = 0;

function tell(what: string, done: number, how: string, failed: readonly string[], why: string): void {
  say(`${failed.length === 0 ? "ok  " : "FAIL"} ${what.padEnd(32)} ${String(done).padStart(9)} ${how}`);
  for (const id of failed.slice(0, MOST_NAMED)) say(`       ${id}: ${why}`);
  failures += failed.length;
}

for await (const { what, resealed, failed } of reseal(ctx))
  tell(what, resealed, "sealed anew", failed, "no key of DATA_KEY opens it");
for await (const { what, rehashed, failed } of rehash(ctx))
  tell(what, rehashed, "hashed anew", failed, "could not be read, and keeps its old hash");

const { answers, last } = await answersUnderOldKeys(ctx);
if (last)
  say(
    `\nDATA_KEY: ${answers} answers to requests need the old key until ${shanghaiDay(plusDays(last, ANSWER_DAYS + 1))}: keep it behind the new one until then.`,
  );
else say("\nDATA_KEY: nothing needs an older key any more.");

const left = await underOlderKeys(ctx);
const [, ...older] = ctx.keys.hashKeys.keys();
for (const keyId of new Set([...older, ...left.map((row) => row.keyId)]))
  tellOfHashKey(
    keyId,
    ctx.keys.hashKeys.has(keyId),
    left.filter((row) => row.keyId === keyId),
  );
if (older.length === 0 && left.length === 0) say("HASH_KEY: nothing needs an older key any more.");

/** What is found by one older key alone. */
function tellOfHashKey(keyId: string, stands: boolean, rows: readonly UnderOlderKey[]): void {
  const name = keyId === "" ? "the key without an id" : `the key "${keyId}"`;
  const of = ({ count, what }: UnderOlderKey) => `${String(count).padStart(9)} ${what}`;
  if (rows.length === 0) say(`HASH_KEY: nothing is left under ${name}: it may go.`);
  else if (stands) say(`HASH_KEY: under ${name} there still lie`);
  else
    say(
      `HASH_KEY has not ${name}, under which there still lie these; put it back behind the newest, or they are not found`,
    );
  for (const row of rows) {
    if (row.until)
      say(`${of(row)}: keep it until ${shanghaiDay(plusDays(row.until, 1))}, then they are over`);
    else if (row.then) say(`${of(row)}: when it goes, ${row.then}`);
    else say(`${of(row)}: not hashed anew yet, run this once more before it goes`);
  }
}

await connection.close();
process.exitCode = failures === 0 ? 0 : 1;
