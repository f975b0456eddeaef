import { expect } from "vitest";
import { z } from "zod";
import { act } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { anybody } from "~/http/who.server";
import { aDonor } from "../../factories/people";
import { test } from "../../support/database";
import { argsFor } from "../../support/routeArgs";
import { aWorld } from "../../support/world";

test("the intent of a form names one of its buttons or none: what every object carries is no button, and gives nothing away", async ({
  db,
}) => {
  const world = aWorld(db);
  const donor = await aDonor(world);
  const names = [...Object.getOwnPropertyNames(Object.prototype), "nothing"];
  expect(names).toContain("constructor");
  for (const intents of [undefined, { known: () => Promise.resolve("pressed") }]) {
    for (const intent of names) {
      const args = await argsFor(world, donor, "http://portal.test/basket");
      const body = new URLSearchParams({ intent });
      const request = new Request(args.request.url, {
        method: "POST",
        body,
        headers: { cookie: args.request.headers.get("cookie") ?? "" },
      });
      const answer = await act(
        { ...args, request } satisfies RouteArgs,
        anybody,
        z.object({ name: z.string() }),
        () => Promise.resolve("read"),
        intents,
      );
      expect(answer, intent).toMatchObject({
        data: { reply: { errors: { name: ["common.pleaseCheck"] } } },
        init: { status: 422 },
      });
    }
  }

  const args = await argsFor(world, donor, "http://portal.test/basket");
  const request = new Request(args.request.url, {
    method: "POST",
    body: new URLSearchParams({ intent: "known" }),
  });
  expect(
    await act({ ...args, request }, anybody, z.object({ name: z.string() }), () => Promise.resolve("read"), {
      known: () => Promise.resolve("pressed"),
    }),
  ).toBe("pressed");
});
