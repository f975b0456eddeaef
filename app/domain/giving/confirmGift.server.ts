import { createHash } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import { lockLines, moveAllUnits } from "~/domain/books/moveUnits.server";
import { requireUser } from "~/domain/kernel/actor";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import type { Outcome } from "~/domain/kernel/once.server";
import { allSent, among, asJson, updateRows } from "~/domain/kernel/rows.server";
import { plusDays } from "~/domain/kernel/time";
import { type Asked, together } from "~/domain/kernel/together.server";
import { transitionAllOf } from "~/domain/kernel/transition.server";
import { gifts, pledges } from "~db/schema/giving";
import { needs } from "~db/schema/needs";
import { servicePoints } from "~db/schema/reference";
import { ask } from "./collecting/collection.server";
import { PLEDGE } from "./machine.server";
import type { ConfirmGiftInput } from "./schemas";
import { shownAs } from "./shownName";

/**
 * What the table keeps of a track token; the token itself is shown once and travels only in the donor's own
 * link.
 */
export const trackHash = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** The donor's own gift by its code; to everybody else it does not exist. */
export async function ownGift(
  tx: Transaction,
  ctx: UseCaseContext,
  giftCode: string,
): Promise<typeof gifts.$inferSelect> {
  const { userId } = requireUser(ctx.actor);
  const [gift] = await tx
    .select()
    .from(gifts)
    .where(and(eq(gifts.code, giftCode), eq(gifts.donorId, userId)))
    .for("update");
  if (!gift) throw new DomainError("NOT_FOUND");
  return gift;
}

/**
 * Turns a held gift into a promise: how the goods come, how the donor appears, what happens if the target is
 * gone, that they are no relative: asked once. Units go from held to pledged; the clock to bring them starts
 * (`bringDays`). Where the point collects it, that stands on the point's list. Those who confirm at the same
 * moment share a transaction. Safe to repeat by request key.
 *
 * @returns the token of the track page, once; it is stored only as a hash
 * @throws {DomainError} HOLD_ENDED when nothing is held any more, NOT_FOUND for somebody else's gift,
 *   DAY_NOT_OFFERED, WRONG_STATE for services that were to be collected, REQUEST_KEY_REUSED, SIGN_IN_NEEDED
 */
export const confirmGift = (
  ctx: UseCaseContext,
  giftCode: string,
  input: ConfirmGiftInput,
): Promise<Confirmed> => confirmTogether(ctx, { ...input, giftCode });

type Confirm = ConfirmGiftInput & Readonly<{ giftCode: string }>;
type Confirmed = Readonly<{ trackToken: string }>;

const confirmTogether = together<Confirm, Confirmed, Decided>({
  name: "confirmGift",
  places: ({ input }) => [input.giftCode],
  decide: decideAll,
  write: writeAll,
});

type Decided = Readonly<{ outcome: Outcome<Confirmed>; confirmed?: Awaited<ReturnType<typeof confirm>> }>;

async function decideAll(tx: Transaction, asked: readonly Asked<Confirm>[]): Promise<Decided[]> {
  const codes = asked.map(({ input }) => input.giftCode);
  // Sent together; promises are read once the gifts are locked.
  const [found, held] = await Promise.all([lockGifts(tx, codes), lockHeld(tx, codes)]);

  const decided: Decided[] = [];

  for (const one of asked) {
    const { ctx, user, input } = one;
    const gift = found.find(({ code, donorId }) => code === input.giftCode && donorId === user.userId);
    const now = ctx.now();
    const live = held.filter(
      ({ giftId, holdUntil }) => giftId === gift?.id && holdUntil !== null && holdUntil > now,
    );

    if (!gift) decided.push({ outcome: { refusal: new DomainError("NOT_FOUND") } });
    else if (live.length === 0) decided.push({ outcome: { refusal: new DomainError("HOLD_ENDED") } });
    else {
      const confirmed = await confirm(tx, one, gift.id, live);
      decided.push({ outcome: { answer: { trackToken: confirmed.trackToken } }, confirmed });
    }
  }

  return decided;
}

const lockGifts = async (tx: Transaction, codes: readonly string[]) =>
  tx
    .select({ id: gifts.id, code: gifts.code, donorId: gifts.donorId })
    .from(gifts)
    .where(among(gifts.code, codes))
    .orderBy(asc(gifts.id))
    .for("update");

/**
 * Where goods are brought whose donor named no point: to that of their wish's town. Services go to no point.
 */
const homePointId = sql<string | null>`case when ${pledges.kind} = 'goods' then (
  select p.id from ${servicePoints} p join ${needs} n on n.town_code = p.town_code where n.id = ${pledges.needId} limit 1) end`;

const lockHeld = async (tx: Transaction, codes: readonly string[]) => {
  const { id, giftId, state, version, lineId, needId, quantity, holdUntil } = pledges;
  // Each gift's are looked up by themselves, by keys, however many gifts there are.
  const ofGifts = sql`array(
    select held.id from jsonb_array_elements_text(${asJson(codes)}::text::jsonb) asked (code) cross join lateral (
      select p.id from ${gifts} g join ${pledges} p on p.gift_id = g.id
      where g.code = asked.code and p.state = 'promised' offset 0) held)`;
  return tx
    .select({ id, giftId, state, version, lineId, needId, quantity, holdUntil, homePointId })
    .from(pledges)
    .where(and(sql`${id} = any (${ofGifts})`, eq(state, "promised")))
    .orderBy(asc(lineId), asc(id))
    .for("update");
};

type Held = Awaited<ReturnType<typeof lockHeld>>[number];

/** What one gift and its promises become. */
async function confirm(
  tx: Transaction,
  { ctx, input }: Asked<Confirm>,
  giftId: string,
  live: readonly Held[],
) {
  const now = ctx.now();
  const dueAt = plusDays(now, await limit(tx, ctx, "bringDays"));
  const home = live.find((pledge) => pledge.homePointId !== null);
  const pointId = input.pointId ?? home?.homePointId ?? null;
  const trackToken = ctx.randomBytes(20).toString("base64url");
  const set = {
    confirmedAt: now,
    arrivalWay: input.arrivalWay,
    pointId,
    ...shownAs(input),
    ifGone: input.ifGone,
    notRelativeDeclaredAt: now,
    trackTokenHash: trackHash(trackToken),
  };
  const steps = live.map(({ lineId, needId, quantity, id, version }) => {
    const units = { lineId, from: "held", to: "pledged", quantity } as const;
    const facts = { by: "donor", needId, giftId, units, data: { way: input.arrivalWay } } as const;
    const row = { id, version, state: "promised" as const };
    return { ctx, row, step: { ...facts, set: { confirmedAt: now, dueAt, holdUntil: null } } };
  });
  return { ctx, input, giftId, pointId, trackToken, change: { where: { id: giftId }, set }, steps };
}

/** Gifts, promises and journal rows of all, each in one statement; then what is to be collected. */
async function writeAll(tx: Transaction, decided: readonly Decided[]): Promise<void> {
  const confirmed = decided.flatMap((one) => one.confirmed ?? []);
  const steps = confirmed.flatMap((one) => one.steps);
  const written = [
    updateRows(
      tx,
      gifts,
      confirmed.map(({ change }) => change),
    ),
    transitionAllOf(tx, PLEDGE, "confirm", steps),
  ];
  const toCollect = confirmed.flatMap(({ ctx, input, giftId, pointId }) =>
    input.arrivalWay === "pick_up" && pointId !== null ? [{ ctx, input, gift: { id: giftId, pointId } }] : [],
  );
  if (toCollect.length > 0) await allSent(written);
  for (const { ctx, input, gift } of toCollect) await ask(tx, ctx, gift, input);

  // Last, so that a line that many want is locked as short as can be.
  const units = steps.map(({ step }) => step.units);
  const lineIds = new Set(units.map(({ lineId }) => lineId));
  const inOrder = lineIds.size > 1 ? [lockLines(tx, [...lineIds])] : [];
  await allSent([...(toCollect.length > 0 ? [] : written), ...inOrder, moveAllUnits(tx, units)]);
}
