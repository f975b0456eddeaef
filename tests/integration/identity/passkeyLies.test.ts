import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { addPasskey, askForPasskey, beginPasskey, myPasskeys } from "~/domain/identity/passkeys.server";
import { AddPasskeyInput, SignInStepInput } from "~/domain/identity/schemas";
import { renewRecoveryCodes } from "~/domain/identity/secondStep.server";
import { askPasskeyOfStep, beginSignInStep, passSignInStep } from "~/domain/identity/signInSteps.server";
import { passStepUp } from "~/domain/identity/stepUp.server";
import { portalUses } from "~db/schema/trail";
import { HERE, somebody } from "../../factories/accounts";
import { aPasskey, aSession, asProof, readNew } from "../../factories/passkeys";
import { test } from "../../support/database";
import { type Lies, PasskeyDevice } from "../../support/passkeyDevice";
import { codeOf } from "../../support/refused";
import { aWorld } from "../../support/world";

const LIES: Readonly<Record<string, Lies>> = {
  "another site": { origin: "https://evil.example" },
  "the same name in the clear": { origin: "http://portal.test:8080" },
  "another site's passkey": { rpId: "evil.example" },
  "nobody touched it": { isPresent: false },
  "a frame of another site": { crossOrigin: true },
  "another challenge": { challenge: "AAAA" },
  "no type of ours": { type: "payment.get" },
};

test("what a lying device or page says is refused in words, shown or made, and never a fault", async ({
  db,
}) => {
  const world = aWorld(db);
  for (const [lie, lies] of Object.entries(LIES)) {
    const me = await somebody(world);
    const { prove, sessionId } = await aPasskey(world, me);
    const { challenge } = await beginPasskey(world.as(me), sessionId, HERE);
    const made = await addPasskey(world.as(me), {
      sessionId,
      name: "x",
      answer: readNew(new PasskeyDevice().make(challenge, lies)),
    }).then(() => "added", codeOf);
    const shown = await passStepUp(world.as(me), sessionId, await prove(lies)).then(() => "up", codeOf);
    expect([lie, shown, made]).toEqual([lie, "PASSKEY_WRONG", "PASSKEY_WRONG"]);
    expect(await myPasskeys(world.as(me))).toHaveLength(1);
  }
});

test("no certificate that comes along is read, no other kind of key is taken, and rubbish within is refused like a lie", async ({
  db,
}) => {
  const world = aWorld(db);
  const me = await somebody(world);
  const { sessionId, device } = await aPasskey(world, me);
  const ctx = world.as(me);
  const make = async (change: (made: ReturnType<PasskeyDevice["make"]>) => object, lies: Lies = {}) =>
    addPasskey(ctx, {
      sessionId,
      name: "x",
      answer: readNew(
        change(new PasskeyDevice().make((await beginPasskey(ctx, sessionId, HERE)).challenge, lies)),
      ),
    }).then(() => "added", codeOf);
  const asMade = (made: object) => made;
  for (const fmt of ["packed", "tpm", "android-key", "android-safetynet", "fido-u2f", "apple", "unheard-of"])
    expect([
      fmt,
      await make(asMade, { fmt, attStmt: new Map([["x5c", Buffer.from("certificate")]]) }),
    ]).toEqual([fmt, "PASSKEY_WRONG"]);
  expect(await make(asMade, { algorithm: -65535 })).toBe("PASSKEY_WRONG");
  expect(await make((made) => ({ ...made, id: device.id, rawId: device.id }))).toBe("PASSKEY_WRONG");
  for (const attestationObject of ["AA", "o2NmbXRkbm9uZQ", "f".repeat(2_000)])
    expect(await make((made) => ({ ...made, response: { ...made.response, attestationObject } }))).toBe(
      "PASSKEY_WRONG",
    );
  for (const clientDataJSON of [
    "AA",
    Buffer.from("null").toString("base64url"),
    Buffer.from('{"challenge":{}}').toString("base64url"),
    Buffer.from("[".repeat(5_000)).toString("base64url"),
  ])
    expect(await make((made) => ({ ...made, response: { ...made.response, clientDataJSON } }))).toBe(
      "PASSKEY_WRONG",
    );
  const shown = async (response: object) => {
    const { challenge } = await askForPasskey(ctx, me.userId, { sessionId });
    const answer = device.show(challenge);
    return renewRecoveryCodes(
      ctx,
      asProof({ ...answer, response: { ...answer.response, ...response } }),
      sessionId,
    ).then(() => "right", codeOf);
  };

  for (const authenticatorData of ["AA", "f".repeat(49), "_".repeat(3_000)])
    expect(await shown({ authenticatorData })).toBe("PASSKEY_WRONG");
  for (const signature of ["AA", "f".repeat(96)]) expect(await shown({ signature })).toBe("PASSKEY_WRONG");
});

test("what is no answer of a browser is refused by its shape: huge, nested, of other types, or missing", () => {
  const device = new PasskeyDevice();
  const made = device.make("AAAA");
  const shown = device.show("AAAA");
  const refused = (passkey: string) => {
    expect(AddPasskeyInput.safeParse({ name: "x", passkey }).success, passkey.slice(0, 60)).toBe(false);
    expect(SignInStepInput.safeParse({ passkey }).success, passkey.slice(0, 60)).toBe(false);
  };

  const bad = ["{", "null", "[]", "1", '"x"', "[".repeat(9_000), `{"a":`.repeat(2_000), "x".repeat(20_000)];
  for (const text of bad) refused(text);
  for (const change of [
    { id: 1 },
    { id: "" },
    { id: "a b" },
    { id: "x".repeat(1_365) },
    { type: "password" },
    { response: null },
    { response: {} },
    { rawId: undefined },
  ]) {
    refused(JSON.stringify({ ...made, ...change }));
    refused(JSON.stringify({ ...shown, ...change }));
  }

  refused(
    JSON.stringify({
      ...made,
      response: { ...made.response, transports: Array.from({ length: 17 }, () => "usb") },
    }).replace("clientDataJSON", "clientDataJson"),
  );
  expect(
    AddPasskeyInput.safeParse({
      name: "x",
      passkey: JSON.stringify({
        ...made,
        response: { ...made.response, transports: Array.from({ length: 17 }, () => "usb") },
      }),
    }).success,
  ).toBe(false);
  expect(
    readNew({ ...made, response: { ...made.response, transports: ["usb", "usb", "telepathy", "nfc"] } })
      .response.transports,
  ).toEqual(["usb", "nfc"]);
  expect(SignInStepInput.safeParse({}).error?.issues[0]).toMatchObject({
    path: ["stepCode"],
    message: "common.pleaseFill",
  });
});

test("a passkey that counts backwards was copied: it is refused, and stands in the trail by a name of its own; one that counts nothing is taken", async ({
  db,
}) => {
  const world = aWorld(db);
  const me = await somebody(world);
  const { prove, sessionId } = await aPasskey(world, me);
  const ctx = world.as(me);
  await passStepUp(ctx, sessionId, await prove({ signCount: 7 }));
  for (const signCount of [7, 6, 0])
    await expect(passStepUp(ctx, sessionId, await prove({ signCount }))).rejects.toMatchObject({
      code: "PASSKEY_WRONG",
    });
  await expect(renewRecoveryCodes(ctx, await prove({ signCount: 1 }), sessionId)).rejects.toMatchObject({
    code: "PASSKEY_WRONG",
  });
  const visitor = world.as({ kind: "visitor" });
  const copied = async () =>
    (
      await db
        .select({ what: portalUses.what, times: portalUses.times })
        .from(portalUses)
        .where(eq(portalUses.actorId, me.userId))
    )
      .filter(({ what }) => what === "passkey.copied")
      .reduce((sum, { times }) => sum + times, 0);
  expect(await copied()).toBe(4);
  // One that was only wrong says nothing of a copy.
  await expect(
    passStepUp(ctx, sessionId, await prove({ signCount: 1, origin: "https://evil.example" })),
  ).rejects.toMatchObject({ code: "PASSKEY_WRONG" });
  expect(await copied()).toBe(4);
  const synced = await somebody(world);
  const { device } = await aPasskey(world, synced);
  for (let n = 0; n < 2; n += 1) {
    const step = await beginSignInStep(visitor, synced.userId);
    expect(
      await passSignInStep(
        visitor,
        step,
        asProof(device.show((await askPasskeyOfStep(visitor, step)).challenge, { signCount: 0 })),
      ),
    ).toEqual({ userId: synced.userId });
  }
});

test("wrong passkeys are counted as wrong codes are: the fifth ends the step, fifty an hour are the end for the account", async ({
  db,
}) => {
  const world = aWorld(db);
  const visitor = world.as({ kind: "visitor" });
  const me = await somebody(world);
  const { device } = await aPasskey(world, me);
  const step = await beginSignInStep(visitor, me.userId);
  const tries = async () =>
    passSignInStep(
      visitor,
      step,
      asProof(device.show((await askPasskeyOfStep(visitor, step)).challenge, { rpId: "evil.example" })),
    ).then(() => "in", codeOf);
  for (let n = 0; n < 4; n += 1) expect(await tries()).toBe("PASSKEY_WRONG");
  expect(await tries()).toBe("STEP_ENDED");
  const sessionId = await aSession(world, me.userId);
  const again = () =>
    renewRecoveryCodes(world.as(me), asProof(device.show("AAAA")), sessionId).then(() => "right", codeOf);
  for (let n = 0; n < 45; n += 1) expect(await again()).toBe("PASSKEY_WRONG");
  expect(await again()).toBe("TOO_MANY_REQUESTS");
});
