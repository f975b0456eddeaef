import type { Mutation } from "./mutation";

const acts = "tests/integration/referrals/referralActs.test.ts";
const days = "tests/integration/giving/daysNamed.test.ts";
const front = "tests/integration/trace/frontPage.test.ts";
const told = "tests/integration/kernel/daysTold.test.ts";
const everyLetter = "tests/integration/giving/everyLetter.test.ts";
const home = "app/domain/trace/frontPage.server.ts";
const triggers = "db/sql/before.sql";
const lists = "app/domain/reference/queries.server.ts";
const letters = "app/domain/giving/letters.server.ts";
const followUps = "app/domain/referrals/queries.server.ts";
const act = "app/domain/referrals/actOnReferral.server.ts";

/** Faults in what pages and forms read, in what forms do, and in what letters say. */
export const SURFACE: readonly Mutation[] = [
  {
    name: "the form that ends a referral does nothing",
    file: act,
    from: `return closeReferral(ctx, input);`,
    to: `return;`,
    test: acts,
    only: '"close"',
  },
  {
    name: "taking a department out makes it the lead",
    file: act,
    from: `return removeOwner(ctx, input);`,
    to: `return nameLead(ctx, { ...input });`,
    test: acts,
    only: '"remove_owner"',
  },
  {
    name: "a caseworker sees every town's follow-ups",
    file: followUps,
    from: `where f.town_code = town.code and f.state = 'open'`,
    to: `where f.state = 'open'`,
    test: acts,
    only: "follow-ups",
  },
  {
    name: "follow-ups in the order in which they were made",
    file: followUps,
    from: `const DUE_FIRST = [asc(followUps.dueAt), asc(followUps.id)]`,
    to: `const DUE_FIRST = [asc(followUps.id)]`,
    test: acts,
    only: "follow-ups",
  },
  {
    name: "follow-ups that were done wait on",
    file: followUps,
    from: `where f.town_code = town.code and f.state = 'open'`,
    to: `where f.town_code = town.code`,
    test: acts,
    only: "follow-ups",
  },

  {
    name: "the last day of collecting counts from London's today",
    file: "app/domain/giving/collecting/collection.server.ts",
    from: `const today = shanghaiDay(ctx.now());
  return { first`,
    to: `const today = ctx.now().toISOString().slice(0, 10);
  return { first`,
    test: days,
  },
  {
    name: "a collection can be asked for on the day after the last",
    file: "app/domain/giving/collecting/collection.server.ts",
    from: `if (day < first || day > last)`,
    to: `if (day < first || day > dayPlus(last, 1))`,
    test: days,
  },
  {
    name: "an address is sealed for every collection alike",
    file: "app/domain/giving/collecting/collection.server.ts",
    from: "`collection.where:${collectionId}`",
    to: `\`collection.where:\${collectionId.length}\``,
    test: days,
  },
  {
    name: "the form for a joint day offers tomorrow",
    file: "app/domain/giving/jointDayQueries.server.ts",
    from: `await limit(ctx.db, ctx, "jointDayNoticeDays")`,
    to: `1`,
    test: days,
  },
  {
    name: "the point withdraws in its donor's word",
    file: "app/domain/giving/jointDay.server.ts",
    from: `callsOff: "decline" }`,
    to: `callsOff: "withdraw" }`,
    test: days,
  },

  {
    name: "money counts as things on the front page",
    file: triggers,
    from: "where l.kind <> 'money'",
    to: "",
    test: front,
    only: "three numbers",
  },
  {
    name: "what is not public is open on the front page",
    file: triggers,
    from: "case when l.accepts then l.open else 0 end",
    to: "l.open",
    test: front,
    only: "three numbers",
  },
  {
    name: "what stands in a store is promised no more",
    file: triggers,
    from: "l.pledged + l.in_hub + ",
    to: "l.pledged + ",
    test: front,
    only: "three numbers",
  },
  {
    name: "towns without an open wish are left out",
    file: home,
    from: `.leftJoin(publicNeeds, and(`,
    to: `.innerJoin(publicNeeds, and(`,
    test: front,
    only: "three who wait",
  },
  {
    name: "a wish stands twice on the front page",
    file: home,
    from: `!longest.some((other) => other.needId === card.needId)`,
    to: `longest.length >= 0 && card.needId !== ""`,
    test: front,
    only: "three who wait",
  },
  {
    name: "what was handed over first stands first",
    file: home,
    from: `.orderBy(desc(journal.id))`,
    to: `.orderBy(journal.id)`,
    test: front,
    only: "handed over last",
  },
  {
    name: "things that are refused can be chosen",
    file: lists,
    from: `.where(eq(objectKinds.refused, false))`,
    to: ``,
    test: front,
    only: "lists are filtered",
  },
  {
    name: "money is a unit of things",
    file: lists,
    from: `units.filter((unit) => unit.code !== "fen")`,
    to: `units`,
    test: front,
    only: "lists are filtered",
  },
  {
    name: "service points in any order",
    file: lists,
    from: `.orderBy(asc(towns.sort)),
);

/** The service point`,
    to: `.orderBy(asc(servicePoints.hours), asc(servicePoints.nameHans)),
);

/** The service point`,
    test: front,
    only: "service point",
  },
  {
    name: "a draft of the lists can be reported",
    file: "app/domain/lists/published.server.ts",
    from: `, eq(listItems.state, "published")));`,
    to: `));`,
    test: front,
    only: "a mistake can be reported",
  },
  {
    name: "an organisation can be chosen by its readers",
    file: "app/domain/needs/organisationNeedQueries.server.ts",
    from: `.filter((organisation) => organisation.editable)`,
    to: ``,
    test: "tests/integration/needs/organisationNeed.test.ts",
    only: "offers the organisations",
  },
  {
    name: "an installation without its row is an empty one",
    file: "app/domain/identity/queries.server.ts",
    from: `if (!row) throw new Error("the installation row is missing: run npm run load first");
  return row;`,
    to: `return row as NonNullable<typeof row>;`,
    test: "tests/integration/identity/rooms.test.ts",
    only: "installation",
  },

  {
    name: "an answer is due in days of the calendar",
    file: "app/domain/kernel/answerBy.server.ts",
    from: `plusWorkingDays(ctx.now(), `,
    to: `((from: Date, n: number) => new Date(from.getTime() + n * 86_400_000))(ctx.now(), `,
    test: told,
  },
  {
    name: "a form offers a day more than is taken",
    file: "app/domain/kernel/happened.server.ts",
    from: `return plusDays(ctx.now(), -(await limit(ctx.db, ctx, "recordedWithinDays")));`,
    to: `return plusDays(ctx.now(), -(await limit(ctx.db, ctx, "recordedWithinDays")) - 1);`,
    test: told,
  },
  {
    name: "a link's letter says another time than it holds",
    file: "app/domain/identity/oneTimeLinks.server.ts",
    from: `expiresAt: plusMinutes(ctx.now(), (await linkHolds(tx, ctx)).minutes)`,
    to: `expiresAt: plusMinutes(ctx.now(), 60)`,
    test: told,
  },
  {
    name: "a proposed value changes the version of the lists",
    file: "app/domain/lists/inForce.server.ts",
    from: `from list_parameter where state = 'approved' and`,
    to: `from list_parameter where`,
    test: told,
  },

  {
    name: "a form is handed to whoever makes an account",
    file: "app/http/enter.server.ts",
    from: `openKept(ctx, kept)?.owner !== undefined)`,
    to: `openKept(ctx, kept)?.owner === "")`,
    test: "tests/integration/identity/keptForms.test.ts",
    only: "makes an account",
  },

  {
    name: "a reminder says no day",
    file: letters,
    from: `const until = pledge.dueAt === null ? "" : day(locale, pledge.dueAt);`,
    to: `const until = "";`,
    test: everyLetter,
    only: "goes to that donor",
  },
  {
    name: "a service is sent to a store",
    file: letters,
    from: `service: "remindService"`,
    to: `service: "remind"`,
    test: everyLetter,
    only: "goes to that donor",
  },
  {
    name: "an accepted offer names no place",
    file: letters,
    from: `return { template, data: { ...placeOf(locale, await pointById(ctx, offer.pointId)), day`,
    to: `return { template, data: { ...placeOf(locale, undefined), day`,
    test: everyLetter,
    only: "goes to that donor",
  },
  {
    name: "a letter about a fund calls nobody",
    file: letters,
    from: `phone: row.phone };`,
    to: `phone: "" };`,
    test: everyLetter,
    only: "goes to that donor",
  },
  {
    name: "letters in another language than their reader's",
    file: "app/domain/trace/tellDonor.server.ts",
    from: `LOCALES.find((known) => known === locale)`,
    to: `LOCALES.find((known) => known !== locale)`,
    test: everyLetter,
    only: "goes to that donor",
  },
  {
    name: "who has left is written to",
    file: "app/domain/trace/tellDonor.server.ts",
    from: `.where(and(eq(gifts.id, event.giftId), isNull(appUsers.leftAt)));`,
    to: `.where(eq(gifts.id, event.giftId));`,
    test: everyLetter,
    only: "who has left",
  },
  {
    name: "a warning is in the language of whoever did it",
    file: "app/domain/identity/letters.server.ts",
    from: `locale ?? readers.find((reader) => reader.id === userId)?.locale ?? ctx.locale`,
    to: `locale ?? ctx.locale`,
    test: everyLetter,
    only: "about an account",
  },
  {
    name: "links of letters that were sent are kept",
    file: "app/domain/identity/letters.server.ts",
    from: `(await isDemoHouse(ctx)) ? {} : { linkSealed: null }`,
    to: `{}`,
    test: everyLetter,
    only: "about an account",
  },
  {
    name: "a letter of a new kind in no table",
    file: "app/domain/kernel/journal/owed.ts",
    from: `"invitation.make",`,
    to: `"invitation.make", "invitation.accept",`,
    test: everyLetter,
    only: "stands in these tables",
  },
  {
    name: "a household is told its benefit by name",
    file: "app/domain/screening/push.server.ts",
    from: `data: { link: ctx.publicUrl + paths("zh-Hans")`,
    to: `data: { link: item.code + ctx.publicUrl + paths("zh-Hans")`,
    test: everyLetter,
    only: "text message",
  },

  {
    name: "another town's caseworker can be sent with a parcel",
    file: "app/domain/delivery/people.server.ts",
    from: `and(eq(roleGrants.role, "caseworker"), eq(roleGrants.scopeKind, "town"), eq(roleGrants.scopeId, townCode))),
  );`,
    to: `eq(roleGrants.role, "caseworker")),
  );`,
    test: "tests/integration/delivery/whoSees.test.ts",
    only: "can be named",
  },
  {
    name: "somebody can be their own witness",
    file: "app/domain/delivery/people.server.ts",
    from: "sql`${appUsers.id} <> ${exceptUserId}`,",
    to: `exceptUserId === "" ? isNull(appUsers.id) : undefined,`,
    test: "tests/integration/delivery/whoSees.test.ts",
    only: "can be named",
  },
  {
    name: "an account that nobody approved is booked to its charity",
    file: "app/domain/register/register.server.ts",
    from: `.where(and(eq(charityAccounts.stripeAccountId, stripeAccountId), inArray(charityAccounts.state, [...COUNTS])))`,
    to: `.where(eq(charityAccounts.stripeAccountId, stripeAccountId))`,
    test: "tests/integration/register/collecting.test.ts",
    only: "payments open",
  },
];
