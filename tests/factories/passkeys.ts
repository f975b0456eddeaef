import { NewPasskeyField, ShownPasskeyField } from "~/domain/identity/passkeyAnswers";
import { addPasskey, askForPasskey, beginPasskey } from "~/domain/identity/passkeys.server";
import type { StepProof } from "~/domain/identity/stepCodes";
import type { UserActor } from "~/domain/kernel/actor";
import { makeSessions } from "~/session/sessions.server";
import { type Lies, PasskeyDevice } from "../support/passkeyDevice";
import type { World } from "../support/world";
import { aPassword } from "./steps";

/** A session of somebody, by its id in the table. */
export async function aSession(world: World, userId: string): Promise<string> {
  const sessions = makeSessions(world.db, { secure: false });
  const cookie = (await sessions.start(userId, world.clock.now())).split(";")[0] ?? "";
  return sessions.idOf(new Request("http://portal.test", { headers: { cookie } })) ?? "";
}

/** As the portal reads what a browser answered. */
export const readNew = (answer: object) => NewPasskeyField.parse(JSON.stringify(answer));
export const asProof = (answer: object): StepProof => ({
  kind: "passkey",
  answer: ShownPasskeyField.parse(JSON.stringify(answer)),
});

/** A device that is one of somebody's passkeys; `prove` shows it in a session of theirs. */
export async function aPasskey(
  world: World,
  person: UserActor,
  { device = new PasskeyDevice(), sessionId }: { device?: PasskeyDevice; sessionId?: string } = {},
) {
  const session = sessionId ?? (await aSession(world, person.userId));
  const ctx = world.as(person);
  const { challenge } = await beginPasskey(ctx, session, await aPassword(world, person.userId));
  const codes = await addPasskey(ctx, {
    sessionId: session,
    name: "我的钥匙",
    answer: readNew(device.make(challenge)),
  });
  const prove = async (lies: Lies = {}): Promise<StepProof> =>
    asProof(device.show((await askForPasskey(ctx, person.userId, { sessionId: session })).challenge, lies));
  return { device, sessionId: session, codes, prove };
}
