import { once } from "node:events";
import { type AddressInfo, connect as dial, createServer, type Socket } from "node:net";
import { data } from "@remix-run/node";
import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { z } from "zod";
import { act, load } from "~/http/answer.server";
import { contextOf, type RouteArgs } from "~/http/context.server";
import { openDataRecord } from "~/http/openData.server";
import { form } from "~/http/pageForm.server";
import { signedIn } from "~/http/who.server";
import { loader as readRoot } from "~/root";
import { connect } from "~db/client";
import { aPerson } from "../../factories/people";
import { test } from "../../support/database";
import { argsFor, argsForAnybody, posting } from "../../support/routeArgs";
import { aWorld } from "../../support/world";

/**
 * The way to a database, which can be cut: what is under way is reset, and nobody is let through until it is
 * mended.
 */
async function aWayTo(databaseUrl: string) {
  const { hostname, port } = new URL(databaseUrl);
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return void near.resetAndDestroy();
    const far = dial(Number.parseInt(port, 10), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => undefined).on("close", () => [near, far].forEach((end) => end.destroy()));
    }

    near.pipe(far).pipe(near);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const through = new URL(databaseUrl);
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cut = () => {
    isCut = true;
    for (const socket of open) socket.resetAndDestroy();
  };

  return { url: through.href, cut, mend: () => (isCut = false), close: () => server.close() };
}

const FORM = z.object({ note: z.string() });
const AT = "http://portal.test/wishes/1?x=1";

test("while the database is away pages and forms answer 503 in words, nothing typed is lost on the way, and all is well once it is back", async ({
  databaseUrl,
}) => {
  const way = await aWayTo(databaseUrl);
  const { db, close } = connect(way.url, { max: 2 });
  const world = aWorld(db);
  const staff = await aPerson(world, { role: "operator", scope: { kind: "city" } });
  const asks = await argsFor(world, staff, AT, { code: "1" });
  const sends = () => posting(world, staff, AT, { code: "1" }, { note: "两桶油" });
  const [before, during, after] = [await sends(), await sends(), await sends()];
  const isAway = { init: { status: 503 }, data: { refusal: "errors.databaseAway" } };
  const again = (args: RouteArgs): RouteArgs => ({
    ...args,
    request: args.request.clone(),
    context: { ...args.context },
  });
  const change = (args: RouteArgs, meanwhile: () => void) =>
    act(args, signedIn, {
      default: form(FORM, async (ctx, { note }) => {
        meanwhile();
        return data({ ...(await ctx.db.execute<{ note: string }>(sql`select ${note} as note`))[0] });
      }),
    });

  // It goes while a form is worked through: whether it was done is not known, and the form says so with all
  // that was typed.
  const unknown = await change(before, way.cut);
  expect(unknown).toMatchObject({
    init: { status: 503 },
    data: { reply: { values: { note: "两桶油" }, formErrors: [{ message: "errors.outcomeUnknown" }] } },
  });

  // Nobody knows who asks: a page, a form, the shell of every page, and open data.
  await expect(load(again(asks), (ctx) => ctx.db.execute(sql`select 1`))).rejects.toMatchObject(isAway);
  await expect(change(during, () => undefined)).rejects.toMatchObject(isAway);
  expect(during.request.bodyUsed).toBe(false);
  await expect(readRoot(argsForAnybody(world, AT))).rejects.toMatchObject(isAway);
  await expect(load(argsForAnybody(world, AT), (ctx) => ctx.db.execute(sql`select 1`))).rejects.toMatchObject(
    isAway,
  );
  for (const asked of [argsForAnybody(world, AT), again(asks)]) {
    const open = await openDataRecord(asked, (ctx) => ctx.db.execute(sql`select 1`));
    expect([open.status, await open.json()]).toEqual([
      503,
      { error: { message: expect.stringContaining("does not answer") as string } },
    ]);
  }

  expect(new Set(world.faults.map(({ work, id }) => `${work} ${id}`))).toEqual(
    new Set(["database /wishes/:code", "database /wishes/1"]),
  );
  expect(world.faults).toHaveLength(7);

  way.mend();
  expect((await contextOf(again(asks))).actor).toMatchObject({ kind: "user", userId: staff.userId });
  expect(await change(after, () => undefined)).toMatchObject({ data: { note: "两桶油" } });
  await close();
  way.close();
});
