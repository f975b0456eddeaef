import { eq } from "drizzle-orm";
import { runChecks } from "~/domain/checks.server";
import { expireHolds } from "~/domain/giving/clocks.server";
import { lookAfterCollections } from "~/domain/giving/collecting/clocks.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import type { UserActor } from "~/domain/kernel/actor";
import { plusDays, shanghaiDay } from "~/domain/kernel/time";
import { lapseOffers } from "~/domain/matching/offerWays.server";
import { wordsOfMail } from "~/integrations/mail/words.server";
import { action as confirm } from "~/routes/giving/confirm";
import { loader as giftLoader } from "~/routes/giving/gift";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { pledges } from "~db/schema/giving";
import { appUsers } from "~db/schema/identity";
import { argsFor, posting } from "../support/routeArgs";
import type { World } from "../support/world";
import { aPledgeOf } from "./giving";

/** The calendar day that is so many days from now. */
export const inDays = (world: World, days: number) => shanghaiDay(plusDays(world.clock.now(), days));
/** The letters that this donor got, oldest first. */
export async function mailsTo(world: World, donor: UserActor) {
  for (let done = 1; done > 0;) done = await drainOutbox(world.system, 500);
  const [user] = await world.db
    .select({ email: appUsers.email })
    .from(appUsers)
    .where(eq(appUsers.id, donor.userId));
  return world.mails.filter((mail) => mail.to === user?.email);
}

/** Which letters they were. */
export const lettersTo = async (world: World, donor: UserActor) =>
  (await mailsTo(world, donor)).map((mail) => mail.template);
/** What the last of them says. */
export async function lastWords(world: World, donor: UserActor): Promise<string> {
  const last = (await mailsTo(world, donor)).at(-1);
  return last ? wordsOfMail(last).text : "";
}

/** The state of the first promise of a gift. */
export const stateOf = async (world: World, giftId: string) =>
  (await world.db.select().from(pledges).where(eq(pledges.giftId, giftId)))[0]?.state;

/** One unit of a line in a gift that is not confirmed yet; answers with its code. */
export async function held(world: World, donor: UserActor, lineId: string): Promise<string> {
  return (await pledgeItems(world.as(donor), aPledgeOf(world, lineId))).giftCode;
}

const ANSWERS = { displayChoice: "kind_person", ifGone: "ask_me", notRelative: "yes" };

/** Confirms over the page's own form; answers with what came back, a redirect or the form's errors. */
export async function sendConfirm(
  world: World,
  donor: UserActor,
  code: string,
  fields: Record<string, string>,
) {
  const args = await posting(
    world,
    donor,
    `http://portal.test/gifts/${code}/confirm`,
    { code },
    { requestKey: world.system.newId(), ...ANSWERS, ...fields },
  );
  const answer = (await confirm(args)) as
    | Response
    | {
        data: { reply: { errors: Record<string, string[]>; formErrors: { message: string }[] } };
        init: { status: number };
      };
  return answer instanceof Response
    ? ({ status: answer.status, errors: {} } as const)
    : ({ status: answer.init.status, errors: answer.data.reply.errors } as const);
}

/** The donor's own page of a gift. */
export const giftAt = async (world: World, donor: UserActor, code: string) =>
  giftLoader(await argsFor(world, donor, `http://portal.test/gifts/${code}`, { code }));

/** What the checks find once the clocks looked after what is overdue, as the worker lets them. */
export async function wrongs(world: World): Promise<string[]> {
  for (const look of [expireHolds, lookAfterCollections, lapseOffers]) await look(world.system);
  return (await runChecks(world.db)).flatMap((check) => check.wrong);
}
