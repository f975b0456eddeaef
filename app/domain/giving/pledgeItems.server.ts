import { type LockedLine, lockLines, moveAllUnits } from "~/domain/books/moveUnits.server";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import type { Outcome } from "~/domain/kernel/once.server";
import { allSent, insertRows } from "~/domain/kernel/rows.server";
import { plusHours } from "~/domain/kernel/time";
import { type Asked, together } from "~/domain/kernel/together.server";
import { recordBirthsOf } from "~/domain/kernel/transition.server";
import { gifts, pledges } from "~db/schema/giving";
import { newGift } from "./gift.server";
import { type Holds, holdsOf, lockDonors, noRoom } from "./holds.server";
import { PLEDGE } from "./machine.server";
import type { PledgeItemsInput } from "./schemas";

export type PledgeAnswer = Readonly<{
  giftCode: string;
  held: number;
  gone: readonly { lineId: string; left: number }[];
}>;

/**
 * Holds what is in the basket for the donor until they confirm (`holdHours`): one gift with one code, one
 * pledge a line.
 *
 * Baskets that come at the same moment share a transaction: their lines are locked in id order, given out in
 * the order in which the baskets came, and written together. Safe to race: nothing is promised twice, and two
 * baskets with the same lines cannot block each other. What is gone is named in the answer and left out; the
 * rest is held. Copies the unit price (fen) onto the pledge. Safe to repeat by request key.
 *
 * @throws {DomainError} OTHER_LINE for a line of money, which is paid and not brought, NOT_ENOUGH_LEFT when
 *   nothing of it is left, NOT_FOUND, TOO_MANY_HOLDS over a person's live units, REQUEST_KEY_REUSED,
 *   SIGN_IN_NEEDED
 */
export const pledgeItems = together<PledgeItemsInput, PledgeAnswer, Decided>({
  name: "pledgeItems",
  places: ({ user, input }) => [user.userId, ...input.lines.map(({ lineId }) => lineId)],
  decide: decideAll,
  write: writeAll,
});

type Held = Awaited<ReturnType<typeof give>>;
type Decided = Readonly<{ outcome: Outcome<PledgeAnswer>; given?: Held }>;

/** What is there to be given out, and what of it each donor may still hold. */
type Shelf = Readonly<{
  holds: Map<string, Holds>;
  lines: ReadonlyMap<string, LockedLine>;
  left: Map<string, bigint>;
}>;

async function decideAll(tx: Transaction, asked: readonly Asked<PledgeItemsInput>[]): Promise<Decided[]> {
  const donorIds = asked.map(({ user }) => user.userId);
  const lineIds = asked.flatMap(({ input }) => input.lines.map(({ lineId }) => lineId));
  const donors = await lockDonors(tx, donorIds);
  const [holds, lines] = await Promise.all([holdsOf(tx, donors), lockLines(tx, lineIds)]);
  const left = new Map([...lines].map(([id, { accepts, open }]) => [id, accepts ? open : 0n]));
  const shelf = { holds: new Map(holds), lines, left };

  const decided: Decided[] = [];
  // One after the other: who came first takes first.
  for (const one of asked) decided.push(await decide(tx, one, shelf));
  return decided;
}

/** What one basket gets of what those before it have left. */
async function decide(
  tx: Transaction,
  { ctx, user, input }: Asked<PledgeItemsInput>,
  { holds, lines, left }: Shelf,
): Promise<Decided> {
  const wanted = mergeSameLines(input.lines);
  const mine = holds.get(user.userId) ?? NOTHING_HELD;
  const refusal = await noRoom(tx, ctx, mine, { units: unitsOf(wanted) });
  if (refusal) return { outcome: { refusal } };
  if (wanted.some(({ lineId }) => !lines.has(lineId))) return refused("NOT_FOUND");

  const leftOf = (lineId: string): bigint => left.get(lineId) ?? 0n;
  const taken = wanted.filter(({ lineId, quantity }) => leftOf(lineId) >= quantity);
  const gone = wanted
    .filter(({ lineId, quantity }) => leftOf(lineId) < quantity)
    .map(({ lineId }) => ({ lineId, left: Number(leftOf(lineId)) }));
  if (taken.length === 0) return refused("NOT_ENOUGH_LEFT", { left: gone[0]?.left ?? 0 });
  if (taken.some(({ lineId }) => lines.get(lineId)?.kind === "money")) return refused("OTHER_LINE");

  for (const { lineId, quantity } of taken) left.set(lineId, leftOf(lineId) - quantity);
  holds.set(user.userId, { ...mine, units: mine.units + unitsOf(taken) });
  const given = await give(tx, ctx, user.userId, lines, taken);
  return { outcome: { answer: { giftCode: given.gift.code, held: taken.length, gone } }, given };
}

const NOTHING_HELD: Holds = { isCompany: false, units: 0n, pages: 0 };

const refused = (...why: ConstructorParameters<typeof DomainError>): Decided => ({
  outcome: { refusal: new DomainError(...why) },
});

type Wanted = Readonly<{ lineId: string; quantity: bigint }>;

const unitsOf = (wanted: readonly Wanted[]): bigint =>
  wanted.reduce((sum, { quantity }) => sum + quantity, 0n);

function mergeSameLines(lines: PledgeItemsInput["lines"]): Wanted[] {
  const byLine = new Map<string, bigint>();
  for (const { lineId, quantity } of lines) byLine.set(lineId, (byLine.get(lineId) ?? 0n) + quantity);
  return [...byLine]
    .map(([lineId, quantity]) => ({ lineId, quantity }))
    .sort((a, b) => (a.lineId < b.lineId ? -1 : 1));
}

/** The rows of one gift: a promise for each line that was taken. */
async function give(
  tx: Transaction,
  ctx: UseCaseContext,
  donorId: string,
  lines: ReadonlyMap<string, LockedLine>,
  taken: readonly Wanted[],
) {
  const gift = newGift(ctx, { donorId, kind: "goods" as const });
  const holdUntil = plusHours(ctx.now(), await limit(tx, ctx, "holdHours"));
  const promised = taken.flatMap(({ lineId, quantity }) => {
    const line = lines.get(lineId);
    if (!line) return [];
    const { needId, kind, unitPriceFen } = line;
    const row = {
      id: ctx.newId(),
      giftId: gift.id,
      donorId,
      needId,
      lineId,
      kind,
      state: "promised" as const,
      quantity,
      unitPriceFen,
      holdUntil,
      createdAt: gift.createdAt,
    };
    const units = { lineId, from: "open", to: "held", quantity } as const;
    return [{ ctx, row, facts: { by: "donor", needId, giftId: gift.id, units } as const }];
  });
  return { gift, promised };
}

/** Gifts, promises, units and journal rows of all baskets, each in one statement, sent together. */
async function writeAll(tx: Transaction, decided: readonly Decided[]): Promise<void> {
  const given = decided.flatMap((one) => one.given ?? []);
  const promised = given.flatMap((one) => one.promised);

  await allSent([
    insertRows(
      tx,
      gifts,
      given.map(({ gift }) => gift),
    ),
    insertRows(
      tx,
      pledges,
      promised.map(({ row }) => row),
    ),
    recordBirthsOf(tx, PLEDGE, "hold", promised),
    moveAllUnits(
      tx,
      promised.map(({ facts }) => facts.units),
    ),
  ]);
}
