import type { Mutation } from "./mutation";

const goods = "tests/integration/delivery/correctedMoments.test.ts";
const others = "tests/integration/corrections/moments.test.ts";
const correct = "app/domain/kernel/moments/correct.server.ts";

/** Moments that were written down wrong, and who puts them right, between what bounds. */
export const MOMENTS: readonly Mutation[] = [
  { name: "whoever wrote a moment down corrects it alone", file: correct, from: "entry.actorId === userId || donorIds", to: "donorIds", test: others, only: "referral" },
  { name: "a donor corrects the moments of their goods", file: correct, from: " || donorIds.includes(userId)", to: "", test: others, only: "left the store" },
  {
    name: "a moment that nobody saw is corrected",
    file: correct,
    from: "if (startOfMinute(at).getTime() !== startOfMinute(input.was).getTime())",
    to: "if (false as boolean)",
    test: others,
    only: "asked",
  },
  {
    name: "a moment is corrected past the next step",
    file: correct,
    from: "before !== undefined && before < entry.recordedAt ? before : entry.recordedAt",
    to: "entry.recordedAt",
    test: others,
    only: "visits",
  },
  {
    name: "a moment is corrected to after it was written down",
    file: correct,
    from: "const latest = before !== undefined && before < entry.recordedAt ? before : entry.recordedAt;",
    to: "const latest = before ?? ctx.now();",
    test: goods,
  },
  { name: "a correction reaches the journal and not the row", file: correct, from: "      await write(shall);\n", to: "", test: others, only: "asked" },
  {
    name: "another town corrects a town's moments",
    file: correct,
    from: `holds(ctx.actor, role, { kind: "town", id: townCode })`,
    to: "holds(ctx.actor, role)",
    test: others,
    only: "asked",
  },
  {
    name: "the reviewer's visit goes by what was written first",
    file: "app/domain/needs/visitMoments.server.ts",
    from: "at: (await correctedTo(tx, entry.id)) ?? entry.at };",
    to: "at: entry.at };",
    test: others,
    only: "visits",
  },
  {
    name: "an old review bounds a visit that came after it",
    file: "app/domain/needs/visitMoments.server.ts",
    from: "review && review.version > visit.version ?",
    to: "review ?",
    test: others,
    only: "visits",
  },
  {
    name: "the next step of a referral goes by what was written first",
    file: "app/domain/directory/referrals/machine.server.ts",
    from: "step && ((await correctedTo(tx, step.id)) ?? step.at)",
    to: "step?.at",
    test: others,
    only: "referral",
  },
  {
    name: "any entry of a referral has a moment to correct",
    file: "app/domain/directory/referrals/moments.server.ts",
    from: "...PLAIN_STEPS, ",
    to: `...PLAIN_STEPS, "create", `,
    test: others,
    only: "referral",
  },
  {
    name: "a follow-up is before the referral's end",
    file: "app/domain/directory/referrals/moments.server.ts",
    from: "after: row.createdAt",
    to: "after: undefined",
    test: others,
    only: "referral",
  },
  {
    name: "a storekeeper corrects what was missing",
    file: "app/domain/delivery/momentsWrittenOff.server.ts",
    from: `reason === "missing" ?`,
    to: "(false as boolean) ?",
    test: others,
    only: "left the store",
  },
  {
    name: "a write-off is put before the inspection",
    file: "app/domain/delivery/momentsWrittenOff.server.ts",
    from: "after: move.inspectedAt ?? undefined",
    to: "after: undefined",
    test: others,
    only: "left the store",
  },
  {
    name: "two put one write-off right",
    file: "app/domain/delivery/momentsWrittenOff.server.ts",
    from: `await tx.select({ id: lots.id }).from(lots).where(eq(lots.id, move.lotId)).for("update")`,
    to: "await tx.select({ id: lots.id }).from(lots).where(eq(lots.id, move.lotId))",
    test: others,
    only: "left the store",
  },
];
