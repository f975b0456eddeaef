import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { asc, ne } from "drizzle-orm";
import { expect } from "vitest";
import { findHouseholds } from "~/domain/households/queries.server";
import { readKeyring } from "~/domain/kernel/sealing.server";
import { draftWish } from "~/domain/needs/draftWish.server";
import { households } from "~db/schema/households";
import { aWishInput } from "../../factories/needs";
import { aTeam } from "../../factories/people";
import { aPhone } from "../../factories/steps";
import { test } from "../../support/database";
import { kill } from "../../support/killed";
import { lockWaits } from "../../support/lockWaits";
import { startSettings } from "../../support/startSettings";
import { aWorld, Clock, KEYS } from "../../support/world";

const NAMES = Array.from({ length: 12 }, (_, index) => `甄演${"甲乙丙丁戊己庚辛壬癸子丑".charAt(index)}号`);

test(
  "npm run reseal replaces HASH_KEY beside the portal: killed in the middle it loses nobody, two at once go on, and it says what is left until when",
  { timeout: 240_000 },
  async ({ db, databaseUrl, owner }) => {
    const world = aWorld(db, { clock: new Clock(new Date()) });
    const team = await aTeam(world);
    const input = aWishInput(world);
    for (const name of NAMES)
      await draftWish(world.as(team.caseworker), {
        ...input,
        household: { ...input.household, person: { name } },
        requestKey: world.system.newId(),
      });
    const phone = await aPhone(world, team.courier);

    const fresh = randomBytes(32).toString("base64");
    const bothKeys = `2026:${fresh},${KEYS.HASH_KEY}`;
    const keys = readKeyring(KEYS.DATA_KEY, bothKeys);
    const found = async (ctx = { ...world.as(team.colleague), keys }) =>
      Promise.all(NAMES.map(async (name) => (await findHouseholds(ctx, name)).length));
    const run = (hashKey: string) => {
      const settings = {
        ...startSettings({ databaseUrl, ownerUrl: databaseUrl }),
        DATA_KEY: KEYS.DATA_KEY,
        HASH_KEY: hashKey,
      };
      const child = spawn(process.execPath, ["--import", "tsx", "scripts/reseal.ts"], {
        env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...settings },
      });
      let said = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
      return { child, done: once(child, "close").then(([code]) => ({ code: code as number | null, said })) };
    };

    const under = () => db.$count(households, ne(households.hashKey, "2026"));

    // From the fourth record on each waits for a lock, so that there is a middle to be killed in.
    const [, , , fourth] = await db
      .select({ id: households.id })
      .from(households)
      .orderBy(asc(households.id));
    await owner.unsafe(
      `create trigger halfway before update on household for each row when (case when old.id >= '${fourth?.id ?? ""}' then pg_advisory_xact_lock_shared(1)::text = 'never' end) execute function refuse_change()`,
    );
    const killed = await owner.begin(async (held) => {
      await held`select pg_advisory_xact_lock(1)`;
      const { child, done } = run(bothKeys);
      await lockWaits(held);
      child.kill("SIGKILL");
      await done;
      return child;
    });
    await kill(killed, db);
    expect(await under()).toBe(NAMES.length - 3);
    expect(await found()).toEqual(NAMES.map(() => 1));
    await owner`drop trigger halfway on household`;

    const told = await Promise.all([run(bothKeys).done, run(bothKeys).done]);
    for (const { code, said } of told) {
      expect(said).toMatch(/^ok +households +\d+ hashed anew$/m);
      expect(said).toMatch(/^HASH_KEY: under the key without an id there still lie$/m);
      expect(said).toMatch(/^ +12 answers to requests: keep it until \d{4}-\d\d-\d\d, then they are over$/m);
      expect(said).toMatch(/^ +10 recovery codes: when it goes, they open nothing any more/m);
      // Numbers and kinds: nobody, no code and no key.
      for (const secret of [...NAMES, ...phone.codes, fresh, KEYS.HASH_KEY, KEYS.DATA_KEY.slice(5)])
        expect(said).not.toContain(secret);
      expect(code).toBe(0);
    }

    expect(await under()).toBe(0);
    expect(
      await found({ ...world.as(team.colleague), keys: readKeyring(KEYS.DATA_KEY, `2026:${fresh}`) }),
    ).toEqual(NAMES.map(() => 1));

    // Taken away too early: what is lost is said. When nothing is left, that is said as well.
    expect((await run(`2026:${fresh}`).done).said).toMatch(
      /^HASH_KEY has not the key without an id, under which there still lie these; put it back/m,
    );
    for (const table of ["request_key", "recovery_code", "rate_counter"])
      await owner.unsafe(`alter table ${table} disable trigger user; truncate ${table}`);
    expect((await run(bothKeys).done).said).toMatch(
      /^HASH_KEY: nothing is left under the key without an id: it may go\.$/m,
    );
    expect((await run(`2026:${fresh}`).done).said).toMatch(
      /^HASH_KEY: nothing needs an older key any more\.$/m,
    );
  },
);
