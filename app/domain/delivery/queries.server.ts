import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import { readOpened } from "~/domain/households/openRecord.server";
import { holds, requireUser, scopeIds } from "~/domain/kernel/actor";
import { type Database, inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { toldOfStep } from "~/domain/kernel/journal/eventData";
import { limit } from "~/domain/kernel/limits.server";
import { pageOf } from "~/domain/kernel/page";
import { MOST_LISTED } from "~/domain/kernel/waiting";
import { waitingOf } from "~/domain/kernel/waiting.server";
import { organisationAt } from "~/domain/register/register.server";
import { lots } from "~db/schema/books";
import { deliveries, deliveryItems, feedbacks, handovers } from "~db/schema/delivery";
import { gifts, pledges } from "~db/schema/giving";
import { households } from "~db/schema/households";
import { appUsers } from "~db/schema/identity";
import { journal } from "~db/schema/journal";
import { offers } from "~db/schema/matching";
import { needs } from "~db/schema/needs";
import { towns } from "~db/schema/reference";
import { townRoleFor, witnessesFor } from "./people.server";
import { deliveryRows, itemsWithDetails, withItems } from "./rows.server";
import { type DeliveryListName, LISTS_TO_DO } from "./vocabulary";

const A_LIST = MOST_LISTED + 1;

/** What this deliverer has with them: of more than a list shows, what was packed first. */
const carried = (db: Database, userId: string) =>
  db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.courierId, userId),
        inArray(deliveries.state, ["dispatched", "failed_attempt", "returning"]),
      ),
    )
    .orderBy(asc(deliveries.id))
    .limit(A_LIST);

/**
 * Parcels that are with this deliverer now, and handovers where they were named as witness and not heard yet.
 */
export async function myDeliveries(ctx: UseCaseContext) {
  const { userId } = requireUser(ctx.actor);
  const mine = eq(deliveries.courierId, userId);
  const [out, done, toAttest] = await Promise.all([
    deliveryRows(ctx.db)
      .where(inArray(deliveries.id, carried(ctx.db, userId)))
      // What can be brought comes first, one town after the other, then what goes back.
      .orderBy(sql`${deliveries.state} <> 'dispatched'`, asc(towns.sort), asc(deliveries.id)),
    deliveryRows(ctx.db)
      .where(and(mine, inArray(deliveries.state, ["handed_over", "confirmed"])))
      .orderBy(desc(deliveries.id))
      .limit(10),
    deliveryRows(ctx.db)
      .where(
        inArray(
          deliveries.id,
          ctx.db
            .select({ id: handovers.deliveryId })
            .from(handovers)
            .where(and(eq(handovers.witnessedBy, userId), isNull(handovers.witnessSaid)))
            .orderBy(asc(handovers.deliveryId))
            .limit(A_LIST),
        ),
      )
      .orderBy(asc(deliveries.id)),
  ]);
  if (
    out.length + done.length + toAttest.length === 0 &&
    !holds(ctx.actor, "courier") &&
    !holds(ctx.actor, "caseworker")
  )
    throw new DomainError("NOT_ALLOWED");
  return {
    out: await withItems(ctx.db, out),
    done: await withItems(ctx.db, done),
    toAttest: await withItems(ctx.db, toAttest),
  };
}

/**
 * One parcel as its deliverer sees it. Where to bring it is shown only after opening it with a reason, for
 * `openingMinutes`, and only while it is out.
 * @throws {DomainError} NOT_FOUND unless the assigned deliverer
 */
export async function carriedDelivery(ctx: UseCaseContext, deliveryId: string) {
  const { userId } = requireUser(ctx.actor);
  const [row] = await deliveryRows(ctx.db).where(
    and(eq(deliveries.id, deliveryId), eq(deliveries.courierId, userId)),
  );
  if (!row) throw new DomainError("NOT_FOUND");
  const [need] = await ctx.db
    .select({ filedBy: needs.filedBy, kind: households.kind, organisationId: needs.organisationId })
    .from(needs)
    .leftJoin(households, eq(households.id, needs.householdId))
    .where(eq(needs.id, row.needId));
  const isOut = row.state === "dispatched";
  const opened = isOut && row.householdId !== null ? await readOpened(ctx, row.householdId) : undefined;
  const address = opened && {
    until: opened.until,
    name: opened.fields.name,
    phone: opened.fields.phone,
    address: opened.fields.address,
  };
  const triesLeft = (await limit(ctx.db, ctx, "secretTries")) - row.secretTries;
  const [items, witnesses, outcome] = await Promise.all([
    inTransaction(ctx, (tx) => itemsWithDetails(tx, ctx, row)),
    isOut ? witnessesFor(ctx.db, { townCode: row.town.code, pointId: row.point.id }, userId) : [],
    lastOutcome(ctx, deliveryId),
  ]);
  const { secretShownBy: _who, courierId: _carrier, secretTries: _tries, ...delivery } = row;
  // An organisation asks in public: its name and phone are no secret.
  const asking =
    need?.organisationId == null ? undefined : await organisationAt(ctx.db, ctx.now(), need.organisationId);
  const organisation = asking && {
    nameHans: asking.nameHans,
    nameHant: asking.nameHant,
    nameEn: asking.nameEn,
    phone: asking.contactPhone,
  };
  return {
    delivery,
    items,
    address,
    organisation,
    witnesses,
    triesLeft,
    outcome,
    filedByMe: need?.filedBy === userId,
    isGroup: need?.kind !== "household",
  };
}

async function lastOutcome(ctx: UseCaseContext, deliveryId: string) {
  const [last] = await ctx.db
    .select({ outcome: handovers.outcome, at: handovers.occurredAt })
    .from(handovers)
    .where(eq(handovers.deliveryId, deliveryId))
    .orderBy(desc(handovers.id))
    .limit(1);
  return last;
}

const WHICH: Readonly<Record<DeliveryListName, SQL | undefined>> = {
  open: inArray(deliveries.state, ["packed", "dispatched", "failed_attempt", "returning"]),
  to_confirm: eq(deliveries.state, "handed_over"),
  doubted: and(
    eq(deliveries.state, "handed_over"),
    or(isNotNull(deliveries.disputedAt), isNotNull(deliveries.unconfirmedSince)),
  ),
  photos: sql`exists (select 1 from ${handovers} h where h.delivery_id = ${deliveries.id} and h.proof = 'photo' and h.photo_decision is null)`,
  ended: inArray(deliveries.state, ["confirmed", "returned", "lost", "cancelled"]),
};

const PAGE = 30;

/** Which part of a list: one town, what comes behind a row; a code finds in whatever list it stands. */
type DeliveryFilter = Readonly<{
  before?: string | undefined;
  town?: string | undefined;
  code?: string | undefined;
}>;

/** The deliveries that a code names: its own, or those of a wish. */
const called = (code: string): SQL => sql`(
  select id from ${deliveries} where code = ${code} union all
  select d.id from ${needs} n join ${deliveries} d on d.need_id = n.id where n.code = ${code})`;

/**
 * Deliveries to the recipients of the actor's towns, for operators of the whole city; by key, newest first.
 */
export async function townDeliveries(
  ctx: UseCaseContext,
  list: DeliveryListName,
  { before, town, code }: DeliveryFilter = {},
) {
  requireUser(ctx.actor);
  const townCodes = [...scopeIds(ctx.actor, "caseworker"), ...scopeIds(ctx.actor, "town_reviewer")];
  const isOperator = holds(ctx.actor, "operator");
  if (townCodes.length === 0 && !isOperator) throw new DomainError("NOT_ALLOWED");
  const mine = isOperator ? undefined : inArray(needs.townCode, townCodes);
  const rows = await deliveryRows(ctx.db)
    .where(
      and(
        mine,
        town === undefined ? undefined : eq(needs.townCode, town),
        code === undefined ? WHICH[list] : inArray(deliveries.id, called(code)),
        before === undefined ? undefined : lt(deliveries.id, before),
      ),
    )
    .orderBy(desc(deliveries.id))
    .limit(PAGE + 1);
  const page = pageOf(rows, PAGE, (last) => last.id);
  return {
    rows: await withItems(ctx.db, page.rows),
    counts: await toDo(ctx, isOperator ? undefined : townCodes),
    next: page.next,
  };
}

/**
 * How many deliveries each list holds on which somebody has still to act, as far as `MOST_WAITING`: what has
 * ended is only listed.
 */
async function toDo(ctx: UseCaseContext, townCodes: readonly string[] | undefined) {
  const town = sql`(select n.town_code from ${needs} n where n.id = ${deliveries.needId})`;
  const mine = townCodes && inArray(town, [...townCodes]);
  const each = LISTS_TO_DO.map(
    (name) =>
      sql`select ${name}::text as name, ${waitingOf(sql`select from ${deliveries} where ${and(mine, WHICH[name])}`)} as n`,
  );
  const counts = await ctx.db.execute<{ name: DeliveryListName; n: number }>(
    sql.join(each, sql` union all `),
  );
  return Object.fromEntries(counts.map(({ name, n }) => [name, n])) as Partial<
    Record<DeliveryListName, number>
  >;
}

/** Corrections of the moments that its entries tell; of one that was written for several gifts, the first. */
const correctionOf = (
  deliveryId: string,
) => sql`${journal.entity} = 'moment_correction' and ${journal.data} ->> 'copy' = '0'
  and exists (select 1 from journal told where told.id = (${journal.data} ->> 'entry')::uuid and told.entity = 'delivery' and told.entity_id = ${deliveryId})`;

/**
 * One delivery as the recipient's town and the city see it: its whole way, the proof, what was said of it and
 * is still to be said.
 */
export async function townDelivery(ctx: UseCaseContext, deliveryId: string) {
  const { userId } = requireUser(ctx.actor);
  const [row] = await deliveryRows(ctx.db).where(eq(deliveries.id, deliveryId));
  if (!row) throw new DomainError("NOT_FOUND");
  const role = await townRoleFor(ctx.db, ctx, row);
  const [items, heard, steps, handover] = await Promise.all([
    inTransaction(ctx, (tx) => itemsWithDetails(tx, ctx, row)),
    ctx.db
      .select({
        id: feedbacks.id,
        rating: feedbacks.rating,
        state: feedbacks.state,
        at: feedbacks.occurredAt,
      })
      .from(feedbacks)
      .where(eq(feedbacks.deliveryId, deliveryId))
      .orderBy(asc(feedbacks.id)),
    ctx.db
      .select({
        id: journal.id,
        event: journal.event,
        at: journal.occurredAt,
        role: journal.actorRole,
        reason: journal.reason,
        data: journal.data,
        who: appUsers.displayName,
      })
      .from(journal)
      .leftJoin(appUsers, eq(appUsers.id, journal.actorId))
      .where(
        or(
          and(eq(journal.entity, "delivery"), eq(journal.entityId, deliveryId)),
          and(eq(journal.needId, row.needId), correctionOf(deliveryId)),
        ),
      )
      .orderBy(asc(journal.id)),
    ctx.db
      .select({
        proof: handovers.proof,
        receiver: handovers.receiver,
        at: handovers.occurredAt,
        fileId: handovers.fileId,
        signedCount: handovers.signedCount,
        witness: appUsers.displayName,
        witnessSaid: handovers.witnessSaid,
        photoDecision: handovers.photoDecision,
      })
      .from(handovers)
      .leftJoin(appUsers, eq(appUsers.id, handovers.witnessedBy))
      .where(and(eq(handovers.deliveryId, deliveryId), isNotNull(handovers.proof)))
      .limit(1)
      .then((found) => found[0]),
  ]);
  const { secretShownBy: _who, courierId: _carrier, secretTries: _tries, ...delivery } = row;
  const way = steps.map(({ data, ...step }) => ({ ...step, data: toldOfStep(step.event, data) }));
  return { delivery, items, heard, steps: way, handover, role, isDeliverer: row.courierId === userId };
}

/**
 * What a label or a parcel's code says to whoever scans it: for the public that it is on its way, for those
 * who work with it where to go on.
 */
export async function labelOf(
  ctx: UseCaseContext,
  code: string,
): Promise<{ deliverId: string | undefined; storeId: string | undefined; label: string | undefined }> {
  const [delivery] = await ctx.db
    .select({ id: deliveries.id, courierId: deliveries.courierId, pointId: deliveries.pointId })
    .from(deliveries)
    .where(eq(deliveries.code, code));
  const [lot] = delivery
    ? []
    : await ctx.db.select({ pointId: lots.pointId }).from(lots).where(eq(lots.label, code));
  const pointId = delivery?.pointId ?? lot?.pointId;
  if (pointId === undefined) throw new DomainError("NOT_FOUND");
  const keeps = holds(ctx.actor, "storekeeper", { kind: "point", id: pointId });
  const carries = ctx.actor.kind === "user" && delivery?.courierId === ctx.actor.userId;
  return {
    deliverId: carries ? delivery.id : undefined,
    storeId: keeps ? delivery?.id : undefined,
    label: keeps && lot ? code : undefined,
  };
}

/**
 * In a query over gifts: the deliveries on which something of each travels or travelled, whose own steps
 * belong to its donor's way.
 */
export function deliveriesOfGift(db: Database): SQL<string[]> {
  const travels = () =>
    db
      .select({ id: deliveryItems.deliveryId })
      .from(deliveryItems)
      .innerJoin(lots, eq(lots.id, deliveryItems.lotId));
  const all = union(
    travels().innerJoin(pledges, eq(pledges.id, lots.pledgeId)).where(eq(pledges.giftId, gifts.id)),
    travels().innerJoin(offers, eq(offers.id, lots.offerId)).where(eq(offers.giftId, gifts.id)),
  ).as("travels");
  return sql<string[]>`(select coalesce(json_agg(${all.id}), '[]') from ${all})`;
}

/** Photos of handovers on these deliveries that the city passed, for the donor of what was handed over. */
export async function passedPhotosOn(ctx: UseCaseContext, deliveryIds: readonly string[]): Promise<string[]> {
  if (deliveryIds.length === 0) return [];
  const rows = await ctx.db
    .select({ fileId: handovers.fileId })
    .from(handovers)
    .where(and(inArray(handovers.deliveryId, [...deliveryIds]), eq(handovers.photoDecision, "passed")));
  return rows.flatMap((row) => (row.fileId === null ? [] : [row.fileId]));
}
