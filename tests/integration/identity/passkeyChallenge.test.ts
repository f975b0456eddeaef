import { expect } from "vitest";
import { action, loader } from "~/routes/identity/passkeyChallenge";
import { aPasskey } from "../../factories/passkeys";
import { somebody } from "../../factories/accounts";
import { test } from "../../support/database";
import { argsForAnybody, posting, sentFrom } from "../../support/routeArgs";
import { aWorld } from "../../support/world";

const AT = "http://portal.test/passkey-challenge";

test("a script is answered with a challenge, or with the status of why not: no sign-in waits, no passkey, nothing that is asked for, nobody signed in", async ({
  db,
}) => {
  const world = aWorld(db);
  const [me, without] = [await somebody(world), await somebody(world)];
  const { device } = await aPasskey(world, me);
  const asked = await action(await posting(world, me, AT, {}, { for: "session" }));
  expect([asked.status, asked.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(await asked.json()).toMatchObject({ rpId: "portal.test", allowCredentials: [{ id: device.id }] });
  const statusFor = async (form: Readonly<Record<string, string>>, actor = me) =>
    (await action(await posting(world, actor, AT, {}, form))).status;
  expect(await statusFor({ for: "signIn" })).toBe(410);
  expect(await statusFor({ for: "elsewhere" })).toBe(422);
  expect(await statusFor({})).toBe(422);
  expect(await statusFor({ for: "session" }, without)).toBe(404);
  expect([302, 401]).toContain((await action(sentFrom(world, "", AT, {}, { for: "session" }))).status);
  expect(await loader(argsForAnybody(world, AT))).toMatchObject({ status: 302 });
});
