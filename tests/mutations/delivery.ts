import type { Mutation } from "./mutation";

const whoSees = "tests/integration/delivery/whoSees.test.ts";
const evidence = "tests/integration/database/evidence.test.ts";
const chosen = "tests/integration/giving/chosen.test.ts";
const fairness = "tests/integration/needs/fairness.test.ts";
const allocating = "tests/integration/matching/allocating.test.ts";
const offers = "tests/integration/matching/offers.test.ts";
const corrections = "tests/integration/matching/corrections.test.ts";
const desk = "tests/integration/matching/desk.test.ts";

/** Faults in who sees a parcel, in evidence, in giving, in matching and in the counts of the store. */
export const DELIVERY: readonly Mutation[] = [
  {
    name: "any courier opens any parcel",
    file: "app/domain/delivery/queries.server.ts",
    from: `and(eq(deliveries.id, deliveryId), eq(deliveries.courierId, userId))`,
    to: `and(eq(deliveries.id, deliveryId), sql\`\${userId} <> ''\`)`,
    test: whoSees,
  },
  {
    name: "a courier opens every sealed field",
    file: "app/domain/households/visibility.ts",
    from: `carrier: ["name", "phone", "address"],`,
    to: `carrier: EVERYTHING,`,
    test: whoSees,
  },
  {
    name: "old four digits hold after new ones",
    file: "app/domain/delivery/showSecret.server.ts",
    from: `digitsHash: secretHash(ctx, deliveryId, digits)`,
    to: `digitsHash: delivery.digitsHash ?? secretHash(ctx, deliveryId, digits)`,
    test: whoSees,
  },
  {
    name: "UPDATE on evidence is granted",
    file: "db/migrate.ts",
    from: `if (refused.includes(privilege)) return`,
    to: `if (privilege !== "update" && refused.includes(privilege)) return`,
    test: evidence,
  },
  {
    name: "the trigger lets UPDATE pass",
    file: "db/migrate.ts",
    from: `refused: ["update", "delete", "truncate"]`,
    to: `refused: ["delete", "truncate"]`,
    test: evidence,
  },
  {
    name: "the journal is no evidence",
    file: "db/schema/appendOnly.ts",
    from: `"journal", "money_entry"`,
    to: `"money_entry"`,
    test: "tests/integration/database/evidence.test.ts",
  },
  {
    name: "undo ends before its last second",
    file: "app/domain/giving/changeGift.server.ts",
    from: `ctx.now() > (await undoUntil`,
    to: `ctx.now() >= (await undoUntil`,
    test: chosen,
  },
  {
    name: "two workers do one piece of work",
    file: "app/worker/drainOutbox.server.ts",
    from: `or(isNull(outbox.leasedUntil), lte(outbox.leasedUntil, now))`,
    to: `or(isNull(outbox.leasedUntil), sql\`true\`)`,
    test: chosen,
  },
  {
    name: "who waits longest comes last",
    file: "app/domain/needs/listOrder.server.ts",
    from: `waiting: { column: "waitingSince", direction: "asc" },`,
    to: `waiting: { column: "waitingSince", direction: "desc" },`,
    test: fairness,
  },
  {
    name: "published after consent was withdrawn",
    file: "app/domain/needs/publishNeed.server.ts",
    from: `if (!live.includes("publish")) throw`,
    to: `if (live.length < 0) throw`,
    test: fairness,
  },
  {
    name: "duplicates unjudged",
    file: "app/domain/needs/submitNeed.server.ts",
    from: `duplicates.length > 0 && judged !== "different" ?`,
    to: `duplicates.length > 0 && judged === undefined ?`,
    test: fairness,
  },
  {
    name: "one voucher twice",
    file: "app/domain/kernel/refusedBy.server.ts",
    from: `purchase_voucher: "VOUCHER_USED",`,
    to: ``,
    test: "tests/integration/payments/vouchers.test.ts",
  },
  {
    name: "second-hand milk powder",
    file: "app/domain/matching/offers.server.ts",
    from: `new Set(["milk_powder", "diapers",`,
    to: `new Set(["diapers",`,
    test: offers,
  },
  {
    name: "an offer ends with its first parcel",
    file: "app/domain/delivery/receiveOffer.server.ts",
    from: `input.counted === left ? "receive"`,
    to: `input.counted > 0n ? "receive"`,
    test: offers,
  },
  {
    name: "more of an offer than was offered",
    file: "app/domain/delivery/receiveOffer.server.ts",
    from: `const left = offer.quantity - offer.arrived;`,
    to: `const left = offer.quantity;`,
    test: offers,
  },
  {
    name: "a parcel of an offer twice",
    file: "app/domain/delivery/receiveOffer.server.ts",
    from: `input.parcelsSeen !== here.parcels`,
    to: `input.parcelsSeen < 0`,
    test: offers,
  },
  {
    name: "a match proposed is approved by whoever proposed it",
    file: "app/domain/matching/allocate.server.ts",
    from: `if (allocation.proposedBy === userId || donorId === userId)`,
    to: `if (donorId === userId)`,
    test: allocating,
  },
  {
    name: "a donor decides what becomes of their goods",
    file: "app/domain/matching/allocate.server.ts",
    from: `if (allocation.proposedBy === userId || donorId === userId)`,
    to: `if (allocation.proposedBy === userId)`,
    test: allocating,
  },
  {
    name: "a proposal outlives its 72 hours",
    file: "app/domain/matching/allocate.server.ts",
    from: `if (allocation.expiresAt <= ctx.now()) throw`,
    to: `if (allocation.expiresAt < ctx.now()) throw`,
    test: "tests/integration/matching/proposalClock.test.ts",
  },
  {
    name: "a proposal reserves nothing in the store",
    file: "app/domain/books/reserveUnits.server.ts",
    from: "set({ reserved: sql`${lotStock.reserved} + ${quantity}`",
    to: "set({ reserved: sql`${lotStock.reserved} + 0`",
    test: allocating,
  },
  {
    name: "a wish that ends keeps what was proposed",
    file: "app/domain/ending/withdrawNeed.server.ts",
    from: `  await releaseProposals(tx, ctx, need.id, { by, reason });\n`,
    to: ``,
    test: allocating,
  },
  {
    name: "a suspended wish is given things",
    file: "app/domain/matching/allocate.server.ts",
    from: `if (need?.state !== "published") throw`,
    to: `if (need === undefined) throw`,
    test: allocating,
  },
  {
    name: "whoever miscounted corrects alone",
    file: "app/domain/delivery/correctCount.server.ts",
    from: `if ((correction.proposedBy === userId) !== (decision === "withdraw")) throw`,
    to: `if (decision === "withdraw" && correction.proposedBy !== userId) throw`,
    test: corrections,
  },
  {
    name: "what was given on is corrected away",
    file: "app/domain/delivery/correctCount.server.ts",
    from: `if (-more > left) throw`,
    to: `if (-more > lot.quantity) throw`,
    test: corrections,
  },
  {
    name: "a correction of an old figure",
    file: "app/domain/delivery/correctCount.server.ts",
    from: `if (input.was !== figure) throw`,
    to: `if (input.was < 0n) throw`,
    test: corrections,
  },
  {
    name: "a correction leaves the goods book as it was",
    file: "app/domain/delivery/applyCorrection.server.ts",
    from: `...(more > 0n ? { from: origin, to: point, quantity: more } : { from: point, to: origin, quantity: -more }),`,
    to: `...(more > 0n ? { from: origin, to: point, quantity: more } : { from: point, to: { kind: "lost" as const }, quantity: -more }),`,
    test: corrections,
  },
  {
    name: "match score: waiting by the day",
    file: "app/domain/matching/candidates.server.ts",
    from: `const WEEK_SECONDS = 7 * 86_400;`,
    to: `const WEEK_SECONDS = 86_400;`,
    test: desk,
  },
  {
    name: "match score: the same town counts less",
    file: "app/domain/matching/candidates.server.ts",
    from: `sameTown: 3,`,
    to: `sameTown: 1,`,
    test: desk,
  },
  {
    name: "match score: worst first",
    file: "app/domain/matching/candidates.server.ts",
    from: "order by ${score} desc,",
    to: "order by ${score},",
    test: desk,
  },
  {
    name: "goods past their date are matched",
    file: "app/domain/matching/candidates.server.ts",
    from: "sql`${lots.bestBefore} >= ${today(ctx)}`",
    to: "sql`${today(ctx)} <> ''`",
    test: desk,
  },
];
