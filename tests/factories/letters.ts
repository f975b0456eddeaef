import { desc, eq } from "drizzle-orm";
import { confirmHandover } from "~/domain/delivery/confirmHandover.server";
import { hearFeedback, moderateFeedback } from "~/domain/delivery/feedback.server";
import { showSecret } from "~/domain/delivery/showSecret.server";
import { confirmGift } from "~/domain/giving/confirmGift.server";
import { pledgeItems } from "~/domain/giving/pledgeItems.server";
import { arrangeVisit } from "~/domain/giving/serviceVisits.server";
import { recordConsents } from "~/domain/households/consents.server";
import { inTransaction } from "~/domain/kernel/context.server";
import type { JournalRow } from "~/domain/kernel/journal/recordEvent.server";
import { dayPlus, shanghaiDay } from "~/domain/kernel/time";
import { decideOffer, makeOffer } from "~/domain/matching/offers.server";
import { handleStripeEvent } from "~/domain/payments/handleStripeEvent.server";
import type { Locale } from "~/i18n/locales";
import type { TestDesk } from "~/integrations/stripe/testDesk/startTestDesk";
import { collections, gifts, pledges } from "~db/schema/giving";
import { appUsers } from "~db/schema/identity";
import { journal } from "~db/schema/journal";
import { offers } from "~db/schema/matching";
import { programmes, registrations } from "~db/schema/organisations";
import { checkouts, givingIntents } from "~db/schema/payments";
import { pushes } from "~db/schema/screening";
import { DEMO_FILING_NUMBER } from "~db/seed/charity";
import { lastEvent, started } from "../support/payments";
import type { World } from "../support/world";
import { somebody } from "./accounts";
import { aHandover, inStore, onTheWay } from "./delivery";
import { aConfirmedGift, aPledgeOf, choices } from "./giving";
import { anOfferInput } from "./matching";
import { aPublishedWish, aWishInput } from "./needs";
import { anOrganisation, aPublishedOrganisationNeed } from "./organisationNeeds";
import { aTeam, type Team } from "./people";
import { householdOfNeed } from "./requests";

/**
 * One unmistakable value in everything that is sealed of a household, of its words as filed, and of its
 * donor.
 */
const PERSON = {
  name: "嬿珂鬻",
  phone: "19912345987",
  address: "霁隐巷 8877 号",
  guardian: "鸿燚鬻",
  idNumber: "44200020150101887X",
  school: "云栖鬻小学",
  village: "霁月鬻村",
  dibaoNumber: "DB-9988776",
} as const;
const FILED = "初稿鬻语";
const DETAILS = "四十二码鬻色";
const HEARD = "剪得鬻精神";
const AT_HOME = { address: "晨露鬻里 66 号", phone: "19987654321" } as const;
export const SEALED: readonly string[] = [
  ...Object.values(PERSON),
  FILED,
  DETAILS,
  HEARD,
  ...Object.values(AT_HOME),
  "真名在此",
];

const giftOf = async (world: World, code: string) => {
  const [row] = await world.db
    .select({ gift: gifts, pledge: pledges })
    .from(gifts)
    .leftJoin(pledges, eq(pledges.giftId, gifts.id))
    .where(eq(gifts.code, code));
  if (!row) throw new Error("no gift");
  return row.gift;
};

/** The fund and its charity as the register names them. */
async function fundOf(world: World) {
  const [fund] = await world.db
    .select()
    .from(programmes)
    .where(eq(programmes.filingNumber, DEMO_FILING_NUMBER));
  const [charity] = await world.db
    .select()
    .from(registrations)
    .where(eq(registrations.charityId, fund?.charityId ?? ""));
  if (!fund || !charity) throw new Error("no fund");
  return { fund, charity };
}

/** What is offered to no wish in particular, taken or not. */
async function offersOf(world: World, team: Team, donor: Parameters<World["as"]>[0]) {
  const offered = async (decision: Parameters<typeof decideOffer>[2]) => {
    const { offerId } = await makeOffer(world.as(donor), anOfferInput(world));
    await decideOffer(world.as(team.operator), offerId, decision);
    const [offer] = await world.db.select().from(offers).where(eq(offers.id, offerId));
    if (!offer) throw new Error("no offer");
    const [gift] = await world.db
      .select()
      .from(gifts)
      .where(eq(gifts.id, offer.giftId ?? ""));
    return { ...offer, giftCode: gift?.code ?? "" };
  };

  return {
    taken: await offered({ accept: true, pointId: team.point.id }),
    notTaken: await offered({ accept: false, reason: "too_far" }),
  };
}

/**
 * Things, a service, a collection, payments and offers of one donor who reads in this language, and a
 * household that is told of a benefit.
 */
export async function aStage(world: World, desk: TestDesk, locale: Locale) {
  const team = await aTeam(world);
  const donor = await somebody(world);
  await world.db.update(appUsers).set({ locale }).where(eq(appUsers.id, donor.userId));
  const household = { ...aWishInput(world).household, person: PERSON };
  const filed = { household, title: `${FILED}想要书包`, story: `${FILED}，旧的坏了。` };
  const wish = await aPublishedWish(world, team, { ...filed, lines: [{ quantity: 9n, details: DETAILS }] });
  const goods = await aConfirmedGift(world, donor, wish.line.id);
  const service = await aPublishedWish(world, team, {
    lines: [{ objectKind: "haircut", item: "上门理发", quantity: 2n, unitPriceFen: 3_000n }],
  });
  const haircut = await aConfirmedGift(world, donor, service.line.id);
  const arranged = await aConfirmedGift(world, donor, service.line.id);
  const dayOfVisit = dayPlus(shanghaiDay(world.clock.now()), 4);
  await arrangeVisit(world.as(team.caseworker), { pledgeId: arranged.pledge.id, day: dayOfVisit });

  const { giftCode } = await pledgeItems(world.as(donor), aPledgeOf(world, wish.line.id));
  const dayOfCollection = dayPlus(shanghaiDay(world.clock.now()), 2);
  await confirmGift(world.as(donor), giftCode, {
    ...choices(world),
    arrivalWay: "pick_up",
    pointId: team.point.id,
    day: dayOfCollection,
    part: "morning",
    ...AT_HOME,
  });
  const collectedGift = await giftOf(world, giftCode);
  const [collection] = await world.db
    .select()
    .from(collections)
    .where(eq(collections.giftId, collectedGift.id));
  const [collectedPledge] = await world.db.select().from(pledges).where(eq(pledges.giftId, collectedGift.id));

  const paid = async (lineId: string, quantity?: bigint, counts?: "units" | "fen") => {
    const payment = await started(world, donor, lineId, quantity, counts);
    await desk.pay(payment.sessionId);
    await handleStripeEvent(world.system, await lastEvent(world, desk));
    const [checkout] = await world.db.select().from(checkouts).where(eq(checkouts.id, payment.checkout.id));
    return { ...payment, checkout: checkout ?? payment.checkout };
  };

  const { organisation, member } = await anOrganisation(world);
  const wanted = await aPublishedOrganisationNeed(world, await member("org_editor"), organisation.id);
  const bought = await paid(wish.line.id);
  const money = await paid(wanted.money.id, 5_000n, "fen");

  const handed = await aConfirmedGift(world, donor, wish.line.id);
  const { label } = await inStore(world, team, handed.pledge.id, 1n);
  const { deliveryId } = await onTheWay(world, team, wish.needId);
  const { digits } = await showSecret(world.as(team.colleague), deliveryId);
  await confirmHandover(
    world.as(team.courier),
    deliveryId,
    aHandover(world, { proof: "secret", secret: digits }),
  );
  const { feedbackId } = await hearFeedback(world.as(team.colleague), {
    deliveryId,
    rating: 5,
    words: HEARD,
    occurredAt: world.clock.now(),
    requestKey: world.system.newId(),
  });
  await moderateFeedback(world.as(team.operator), feedbackId, HEARD);

  const intent = {
    id: world.system.newId(),
    donorId: donor.userId,
    needId: wish.needId,
    lineId: wish.line.id,
    quantity: 1n,
    state: "told" as const,
  };
  await world.db.insert(givingIntents).values({ ...intent, createdAt: world.clock.now() });
  const told = await householdToTell(world, team, wish.needId);
  return {
    ...{
      world,
      team,
      donor,
      locale,
      wish,
      goods,
      haircut,
      arranged,
      dayOfVisit,
      bought,
      money,
      handed,
      label: label ?? "",
      feedbackId,
      intentId: intent.id,
      told,
    },
    collected: {
      giftCode,
      giftId: collectedGift.id,
      pledgeId: collectedPledge?.id ?? "",
      collectionId: collection?.id ?? "",
      day: dayOfCollection,
    },
    ...(await fundOf(world)),
    ...(await offersOf(world, team, donor)),
  };
}

export type Stage = Awaited<ReturnType<typeof aStage>>;

/** The household of a wish agreed to be told by text message, and something waits to be told. */
async function householdToTell(world: World, team: Team, needId: string): Promise<string> {
  const filer = world.as(team.caseworker);
  const householdId = (await householdOfNeed(world, needId)).id;
  await inTransaction(filer, (tx) =>
    recordConsents(tx, filer, householdId, {
      scopes: ["contact"],
      givenBy: "self",
      givenAt: world.clock.now(),
    }),
  );
  const push = {
    id: world.system.newId(),
    householdId,
    itemCode: "SS023",
    townCode: team.point.townCode,
    state: "queued" as const,
    trigger: "facts" as const,
  };
  await world.db.insert(pushes).values({ ...push, createdAt: world.clock.now() });
  return push.id;
}

/** An event as the journal would keep it, of things that are there. */
export function anEvent(
  { world }: Pick<Stage, "world">,
  event: string,
  about: Readonly<{ entityId: string; giftId?: string; data?: JournalRow["data"] }>,
): JournalRow {
  const [entity = ""] = event.split(".");
  const nothing = {
    fromState: null,
    toState: null,
    lineId: null,
    bucketFrom: null,
    bucketTo: null,
    quantity: null,
    needId: null,
    reason: null,
    actorId: null,
  };
  const at = world.clock.now();
  return {
    ...nothing,
    id: world.system.newId(),
    entity,
    entityVersion: 99,
    event,
    actorRole: "system",
    occurredAt: at,
    recordedAt: at,
    giftId: null,
    data: {},
    ...about,
  };
}

/** The last event of this kind that really happened. */
export async function lastOf({ world }: Pick<Stage, "world">, event: string): Promise<JournalRow> {
  const [row] = await world.db
    .select()
    .from(journal)
    .where(eq(journal.event, event))
    .orderBy(desc(journal.id))
    .limit(1);
  if (!row) throw new Error(`no ${event}`);
  return row;
}
