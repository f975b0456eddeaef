import { randomBytes } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { expect, inject } from "vitest";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { readKeyring } from "~/domain/kernel/sealing.server";
import { openForFilling, type Superuser } from "../bench/wishes";
import { type Asked, nodes, type Plan, writtenOut } from "./plans";

/** A database with many rows, in which plans are looked at. */
export type FilledDatabase = Readonly<{
  /** A visitor's, on the first of February; its statements are listened to. */
  ctx: UseCaseContext;
  /** A superuser's connection, to which nobody listens. */
  plain: postgres.Sql;
  /** What some work asks the database. */
  askedBy: (work: () => Promise<unknown>) => Promise<Asked[]>;
  /** The plans of every question that some work asks about a table. */
  plansOf: (table: string, work: () => Promise<unknown>) => Promise<Plan[]>;
  end: () => Promise<void>;
}>;

/** A copy of the migrated template under a name of its own, filled past its triggers. */
export async function fillDatabase(
  name: string,
  fill: (sql: Superuser) => Promise<unknown>,
): Promise<FilledDatabase> {
  const database = `${name}_${process.pid}`;
  const at = (role: "superuserUrl" | "ownerUrl" | "appUrl") => {
    const url = new URL(inject(role));
    url.pathname = `/${database}`;
    return url.href;
  };

  const onServer = async (statement: string) => {
    const server = postgres(inject("superuserUrl"), { max: 1, fetch_types: false });
    await server.unsafe(statement);
    await server.end();
  };

  await onServer(`create database ${database} template hongxin_template`);
  const filling = await openForFilling(at("superuserUrl"));
  await fill(filling);
  await filling.end();
  let asked: Asked[] = [];
  const client = postgres(at("appUrl"), {
    max: 1,
    fetch_types: false,
    debug: (_connection, query, parameters) => {
      asked.push({ query, parameters: parameters as unknown[] });
    },
  });
  const plain = postgres(at("superuserUrl"), { max: 1, fetch_types: false });
  const now = new Date("2026-02-01T00:00:00Z");
  const ctx: UseCaseContext = {
    db: drizzle(client),
    actor: { kind: "visitor" },
    locale: "zh-Hans",
    now: () => now,
    newId: uuidv7,
    randomBytes,
    pause: () => Promise.resolve(),
    publicUrl: "http://portal.test",
    keys: readKeyring(`one:${randomBytes(32).toString("base64")}`, randomBytes(32).toString("base64")),
    // No list asks the world outside; whatever a letter lacks here is told nobody.
    ports: { faults: { rowsFailed: () => undefined } } as never,
  };
  const askedBy: FilledDatabase["askedBy"] = async (work) => {
    asked = [];
    await work();
    return asked;
  };

  const plansOf: FilledDatabase["plansOf"] = async (table, work) => {
    const about = (await askedBy(work)).filter(({ query }) =>
      new RegExp(`(from|update) "${table}"`).test(query),
    );
    expect(about.length, table).toBeGreaterThan(0);
    const plans: Plan[] = [];
    for (const statement of about) {
      const [row] = await plain.unsafe<{ "QUERY PLAN": readonly [{ Plan: Plan }] }[]>(
        `explain (analyze, format json) ${writtenOut(statement)}`,
      );
      if (row) plans.push(row["QUERY PLAN"][0].Plan);
    }

    return plans.flatMap(nodes);
  };

  const end = async () => {
    await client.end();
    await plain.end();
    await onServer(`drop database ${database} with (force)`);
  };

  return { ctx, plain, askedBy, plansOf, end };
}
