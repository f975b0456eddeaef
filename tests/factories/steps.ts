import { Secret, TOTP } from "otpauth";
import {
  beginSecondStep,
  confirmSecondStep,
  type FirstStep,
  mySecondStep,
} from "~/domain/identity/secondStep.server";
import { readStepCode, type StepCode } from "~/domain/identity/stepCodes";
import { decideStepReset, proposeStepReset, waitingStepResets } from "~/domain/identity/stepResets.server";
import type { UserActor } from "~/domain/kernel/actor";
import type { World } from "../support/world";
import { HERE, PASSWORD, setPassword } from "./accounts";
import { aPerson } from "./people";

/** The six digits that an app with this secret shows at a moment. */
export const digitsAt = (secret: string, at: Date): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) }).generate({ timestamp: at.getTime() });

export function asCode(typed: string): StepCode {
  const code = readStepCode(typed);
  if (!code) throw new Error(`${typed} is no code`);
  return code;
}

/** Their password, typed once more; whoever had none or another has this one now. */
export async function aPassword(world: World, userId: string): Promise<FirstStep> {
  await setPassword(world.db, userId, PASSWORD, world.clock.now());
  return { password: PASSWORD, ...HERE };
}

/**
 * Somebody's phone: their second step is on; `now` is the code that it shows, `codes` what they wrote down.
 */
export async function aPhone(
  world: World,
  person: UserActor,
): Promise<{ secret: string; now: () => StepCode; codes: readonly string[] }> {
  const ctx = world.as(person);
  await beginSecondStep(ctx, await aPassword(world, person.userId));
  const begun = await mySecondStep(ctx);
  if (begun.state !== "begun") throw new Error("not begun");
  const now = () => asCode(digitsAt(begun.groups, world.clock.now()));
  const codes = (await confirmSecondStep(ctx, now())) ?? [];
  // The code that confirmed it is used up.
  world.clock.advance({ minutes: 1 });
  return { secret: begun.groups, now, codes };
}

/** The second step of somebody who lost everything is reset: one admin asks for it, another agrees. */
export async function aReset(world: World, userId: string): Promise<void> {
  const [one, two] = [
    await aPerson(world, { role: "admin", scope: { kind: "city" } }),
    await aPerson(world, { role: "admin", scope: { kind: "city" } }),
  ];
  await proposeStepReset(world.as(one), userId, "lost_phone");
  const waiting = (await waitingStepResets(world.as(two))).find(
    ({ proposer }) => proposer === one.displayName,
  );
  await decideStepReset(world.as(two), waiting?.id ?? "", "approve");
}
