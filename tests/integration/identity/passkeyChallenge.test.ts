import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { addPasskey, askForPasskey, beginPasskey } from "~/domain/identity/passkeys.server";
import { renewRecoveryCodes } from "~/domain/identity/secondStep.server";
import { askPasskeyOfStep, beginSignInStep, passSignInStep } from "~/domain/identity/signInSteps.server";
import { askPasskeyOfSession, passStepUp } from "~/domain/identity/stepUp.server";
import { action, loader } from "~/routes/identity/passkeyChallenge";
import { sessions } from "~db/schema/identity";
import { HERE, somebody } from "../../factories/accounts";
import { aPasskey, aSession, asProof, readNew } from "../../factories/passkeys";
import { test } from "../../support/database";
import { PasskeyDevice } from "../../support/passkeyDevice";
import { codeOf } from "../../support/refused";
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

test("a challenge counts for its account, its purpose and its place, for five minutes, and in no session that ended", async ({
  db,
}) => {
  const world = aWorld(db);
  const visitor = world.as({ kind: "visitor" });
  const [me, other] = [await somebody(world), await somebody(world)];
  const mine = await aPasskey(world, me);
  const theirs = await aPasskey(world, other);
  const [step, second] = [
    await beginSignInStep(visitor, me.userId),
    await beginSignInStep(visitor, me.userId),
  ];
  const tried = (challenge: string, device = mine.device) =>
    passSignInStep(visitor, step, asProof(device.show(challenge))).then(() => "in", codeOf);
  const { challenge } = await askPasskeyOfStep(visitor, step);
  // Somebody else's credential, and somebody else's challenge.
  expect(await tried(challenge, theirs.device)).toBe("PASSKEY_WRONG");
  const theirStep = await beginSignInStep(visitor, other.userId);
  expect(await tried((await askPasskeyOfStep(visitor, theirStep)).challenge)).toBe("PASSKEY_WRONG");
  // That of another sign-in, and of a session.
  expect(await tried((await askPasskeyOfStep(visitor, second)).challenge)).toBe("PASSKEY_WRONG");
  expect(await tried((await askPasskeyOfSession(world.as(me), mine.sessionId)).challenge)).toBe(
    "PASSKEY_WRONG",
  );
  const third = await beginSignInStep(visitor, me.userId);
  const late = await askPasskeyOfStep(visitor, third);
  world.clock.advance({ minutes: 5 });
  await expect(
    passSignInStep(visitor, third, asProof(mine.device.show(late.challenge))),
  ).rejects.toMatchObject({ code: "PASSKEY_WRONG" });
  await expect(askPasskeyOfStep(visitor, "another browser's")).rejects.toMatchObject({ code: "STEP_ENDED" });
  const proof = await mine.prove();
  await db
    .update(sessions)
    .set({ endedAt: world.clock.now(), endedWhy: "everywhere" })
    .where(eq(sessions.id, mine.sessionId));
  await expect(passStepUp(world.as(me), mine.sessionId, proof)).rejects.toMatchObject({ code: "STEP_ENDED" });
  await expect(renewRecoveryCodes(world.as(me), proof, mine.sessionId)).rejects.toMatchObject({
    code: "PASSKEY_WRONG",
  });
  // A challenge for a new passkey shows none, nor the other way round.
  const session = await aSession(world, me.userId);
  const adding = await beginPasskey(world.as(me), session, { ...HERE });
  await expect(
    passStepUp(world.as(me), session, asProof(mine.device.show(adding.challenge))),
  ).rejects.toMatchObject({ code: "PASSKEY_WRONG" });
  const { challenge: showing } = await askForPasskey(world.as(me), me.userId, { sessionId: session });
  await expect(
    addPasskey(world.as(me), {
      sessionId: session,
      name: "x",
      answer: readNew(new PasskeyDevice().make(showing)),
    }),
  ).rejects.toMatchObject({ code: "PASSKEY_WRONG" });
  const elsewhere = await aSession(world, me.userId);
  await expect(
    addPasskey(world.as(me), {
      sessionId: elsewhere,
      name: "x",
      answer: readNew(new PasskeyDevice().make(adding.challenge)),
    }),
  ).rejects.toMatchObject({
    code: "PASSKEY_WRONG",
  });
});
