import { randomBytes } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import type { UserActor } from "~/domain/kernel/actor";
import { actingAs, type UseCaseContext } from "~/domain/kernel/context.server";
import { draftWish } from "~/domain/needs/draftWish.server";
import { GAP_REASONS } from "~/domain/needs/gapReasons";
import { checkWords, publishNeed } from "~/domain/needs/publishNeed.server";
import { approveOverCap, verifyNeed } from "~/domain/needs/reviewNeed.server";
import { WishInput } from "~/domain/needs/schemas";
import { submitNeed } from "~/domain/needs/submitNeed.server";
import { escalateReferrals } from "~/domain/referrals/escalateReferrals.server";
import type { Runtime } from "~/http/loadContext";
import { drainOutbox } from "~/worker/drainOutbox.server";
import { needLines, needs } from "~db/schema/needs";
import { towns } from "~db/schema/reference";
import { seedDemoCharity } from "~db/seed/charity";
import { readSeed } from "~db/seed/rows";
import { playCallBacks } from "./callBacks";
import { playEntitlements } from "./entitlements";
import { playGifts, playHolds } from "./gifts";
import { leaveOnDesk, playLists } from "./lists";
import { playOrganisationNeed } from "./organisationNeed";
import { makeCast } from "./people";
import { playFirstReferral, playReferrals } from "./referrals";
import { playRegister } from "./register";
import { StoryClock } from "./storyClock";

const DAYS = 48;
/** Rows of the input that stay on their way, so that every queue has something to do. */
const LEFT_AS = new Map([
  [22, "draft"],
  [31, "submitted"],
  [43, "submitted"],
  [46, "verified"],
  [55, "verified"],
]);

export type Story = Readonly<{
  as: (actor: UserActor) => UseCaseContext;
  system: UseCaseContext;
  clock: StoryClock;
}>;

/**
 * Plays the demo's history through the real use cases over some weeks of a clock of its own: wishes are
 * filed, verified, published, promised, paid, received, delivered. Nothing is written as a finished state, so
 * journal, books and figures agree.
 */
export async function playHistory(runtime: Runtime, { until }: { until: Date }): Promise<void> {
  const start = new Date(until.getTime() - DAYS * 86_400_000);
  const clock = new StoryClock(start, until);
  const { db, keys, ports } = runtime;
  const system: UseCaseContext = {
    db,
    keys,
    ports,
    now: clock.now,
    newId: clock.newId,
    randomBytes,
    pause: runtime.pause,
    locale: "zh-Hans",
    publicUrl: runtime.settings.PUBLIC_URL,
    actor: { kind: "system", name: "demo" },
  };
  const story: Story = { as: (actor) => actingAs(system, actor), system, clock };
  const seeded = await seedDemoCharity(db, { now: start, newId: clock.newId });
  const cast = await makeCast(system, seeded);

  const rows = await readSeed("micro-wishes.csv");
  const townRows = await db.select().from(towns);
  for (const [index, row] of rows.entries()) {
    await clock.toDay(Math.floor(index / 4));
    clock.minutes(11);
    const townCode = townRows.find((town) => town.nameHans === row["town_zh"])?.code ?? "";
    const filer = index % 3 === 0 ? cast.colleague : cast.caseworker;
    const { needId } = await draftWish(story.as(filer), wishOf(row, townCode, system), {
      key: `demo:${row["row_key"] ?? index}`,
    });
    if (LEFT_AS.get(index) === "draft") continue;
    await submitNeed(story.as(filer), needId, {
      judged: "different",
      gapReason: GAP_REASONS[index % GAP_REASONS.length],
    });
    if (LEFT_AS.get(index) === "submitted") continue;
    clock.minutes(60);
    await verifyNeed(story.as(cast.reviewer), needId);
    if (LEFT_AS.get(index) === "verified") continue;
    const [need] = await db.select().from(needs).where(eq(needs.id, needId));
    if (need?.overCapReason) await approveOverCap(story.as(cast.secondOperator), needId);
    const words = {
      title: row["title_zh"] ?? "",
      story: row["story_zh"] ?? "",
      ...(row["pseudonym"] ? { pseudonym: row["pseudonym"] } : {}),
    };
    const findings = await checkWords(story.as(cast.operator), needId, words);
    await publishNeed(story.as(cast.operator), needId, {
      ...words,
      ...(findings.length > 0 ? { acceptSoft: "yes" as const } : {}),
    });
  }

  const lines = await db
    .select({ line: needLines, townCode: needs.townCode })
    .from(needLines)
    .innerJoin(needs, eq(needs.id, needLines.needId))
    .where(and(eq(needs.state, "published"), eq(needs.kind, "wish")))
    .orderBy(asc(needs.id));
  await clock.together([
    async () => {
      await playEntitlements(story, cast);
      await playFirstReferral(story, cast);
    },
    () => playOrganisationNeed(story, cast, seeded.organisationId),
    () => playLists(story, cast),
    ...playGifts(story, cast, lines),
    async () => {
      await clock.toDay(46.5);
      await playCallBacks(story, cast, lines[0]?.townCode ?? "");
    },
    async () => {
      await clock.toDay(38);
      await playRegister(story, cast, seeded.charityId);
      await playReferrals(story, cast);
      await leaveOnDesk(story, cast);
    },
  ]);
  await playHolds(story, cast, lines);
  await escalateReferrals(system);
  if (clock.now() > until) throw new Error("the demo's history ran past today");
  while ((await drainOutbox(system, 200)) > 0);
}

function wishOf(row: Readonly<Record<string, string>>, townCode: string, ctx: UseCaseContext): WishInput {
  const quantity = Number(row["quantity"]);
  const isGroup = row["household_kind"] === "group";
  const eachYuan = Number(row["est_value_cny"]) / quantity;
  const heads = Number(row["heads"]);
  return WishInput.parse({
    household: {
      townCode,
      kind: row["household_kind"],
      heads: String(heads),
      groupCode: row["group_code"],
      ageBand: row["age_band"],
      person: {
        name: row["sealed_name"],
        phone: row["sealed_phone"],
        address: row["sealed_address"],
        village: row["sealed_village"],
      },
    },
    title: row["title_zh"],
    story: row["story_zh"],
    pseudonym: row["pseudonym"],
    lines: [
      {
        objectKind: row["object_kind"],
        item: row["item_zh"],
        quantity: String(quantity),
        unitCode: row["unit_code"],
        unitPriceFen: String(eachYuan),
      },
    ],
    visitedAt: new Date(ctx.now().getTime() + 8 * 3_600_000 - 3_600_000).toISOString().slice(0, 16),
    consents: {
      scopes: ["collect", "share", "publish"],
      givenBy: isGroup ? "institution" : row["age_band"] === "6_to_13" ? "guardian" : "self",
    },
    entitlementsChecked: "yes",
    ...(eachYuan * quantity > 500 * heads ? { overCapReason: isGroup ? "group" : "assistive_device" } : {}),
    requestKey: ctx.newId(),
  });
}
