import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { faultOf } from "~/server/fault.server";
import { appUsers } from "~db/schema/identity";
import { towns } from "~db/schema/reference";
import { test } from "../../support/database";

const MAIL = "somebody.of.hers@example.org";

const caught = (asked: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(asked).then(
    () => undefined,
    (error: unknown) => error,
  );

test("what the log keeps of a failed statement names it, its rule and its place in our code, never a value that somebody typed", async ({
  db,
  owner,
}) => {
  const user = () => ({
    id: randomUUID(),
    email: MAIL,
    displayName: MAIL,
    locale: "zh-Hans" as const,
    createdAt: new Date(),
  });
  await db.insert(appUsers).values(user());
  const twice = await caught(db.insert(appUsers).values(user()));
  expect(String(twice)).toContain(MAIL);
  const kept = faultOf(twice);
  expect(kept).toMatchObject({
    fault: "DrizzleQueryError",
    sqlState: "23505",
    constraint: "app_user_email",
    statement: expect.stringContaining('insert into "app_user"') as unknown,
  });
  expect(JSON.stringify(kept)).toContain("faults.test.ts");

  const noNumber = await caught(db.execute(sql`select ${MAIL}::int`));
  const noId = await caught(
    db
      .select()
      .from(towns)
      .where(eq(sql`${MAIL}::uuid`, towns.code)),
  );
  const driver = await caught(owner`select ${MAIL}::uuid`);
  for (const error of [
    twice,
    noNumber,
    noId,
    driver,
    new Error("the letter was not sent", { cause: twice }),
  ]) {
    expect(error).toBeInstanceOf(Error);
    expect(JSON.stringify(faultOf(error))).not.toContain(MAIL);
  }
});

test("a fault of another kind keeps its words and its cause", () => {
  expect(faultOf(new TypeError("no such thing", { cause: new Error("deeper") }))).toMatchObject({
    fault: "TypeError",
    message: "no such thing",
    cause: { message: "deeper" },
  });
  expect(faultOf("thrown words")).toEqual({ fault: "unknown" });
});
