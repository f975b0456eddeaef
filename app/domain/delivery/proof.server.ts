import { and, eq } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { transition } from "~/domain/kernel/transition.server";
import { households } from "~db/schema/households";
import { needs } from "~db/schema/needs";
import { storedFiles } from "~db/schema/reference";
import { DELIVERY, type Delivery } from "./machine.server";
import { donorsOf, townOf, witnessesFor } from "./people.server";
import type { HandoverInput } from "./schemas";
import { isSecret } from "./showSecret.server";

/**
 * A wrong secret: raised before anything was written, so that its counted try can be kept in the same
 * transaction.
 */
export class WrongSecret extends Error {
  constructor(readonly delivery: Delivery) {
    super("wrong secret");
  }
}

/**
 * Refuses unless the proof of a handover holds: the recipient's secret, or two witnesses, or a photo without
 * faces, or for a group its signed list. Once the tries are used up, two witnesses remain.
 *
 * @throws {WrongSecret}
 * @throws {DomainError} PROOF_MISSING, SECRET_LOCKED, SECOND_WITNESS_NEEDED
 */
export async function requireProof(
  tx: Transaction,
  ctx: UseCaseContext,
  delivery: Delivery,
  deliverer: string,
  input: HandoverInput,
): Promise<void> {
  const locked = delivery.secretTries >= (await limit(tx, ctx, "secretTries"));
  if (locked && input.proof !== "two_witnesses") throw new DomainError("SECRET_LOCKED");
  await requireWitness(tx, delivery, deliverer, input);
  switch (input.proof) {
    case "secret":
      if (input.secret === undefined) throw new DomainError("PROOF_MISSING");
      if (!isSecret(ctx, delivery, input.secret)) throw new WrongSecret(delivery);
      return;
    case "two_witnesses":
      if (input.witnessId === undefined || input.secondWitness === undefined)
        throw new DomainError("PROOF_MISSING");
      return;
    case "photo":
      return requireFile(tx, delivery, deliverer, input.fileId, "handover_photo");
    case "signed_list":
      if (input.signedCount === undefined || !(await isForGroup(tx, delivery)))
        throw new DomainError("PROOF_MISSING");
      return requireFile(tx, delivery, deliverer, input.fileId, "signed_list");
  }
}

/**
 * A named witness is a colleague who may be one, is not the deliverer and gave nothing of it. Nobody proves
 * alone the delivery of a wish that they filed themselves.
 */
async function requireWitness(
  tx: Transaction,
  delivery: Delivery,
  deliverer: string,
  input: HandoverInput,
): Promise<void> {
  const [need] = await tx.select({ filedBy: needs.filedBy }).from(needs).where(eq(needs.id, delivery.needId));

  if (input.witnessId === undefined) {
    if (need?.filedBy === deliverer) throw new DomainError("SECOND_WITNESS_NEEDED");
    return;
  }

  const colleagues = await witnessesFor(
    tx,
    { townCode: await townOf(tx, delivery.needId), pointId: delivery.pointId },
    deliverer,
  );
  const known = colleagues.some((colleague) => colleague.userId === input.witnessId);
  if (!known || (await donorsOf(tx, delivery)).has(input.witnessId))
    throw new DomainError("SECOND_WITNESS_NEEDED");
}

/**
 * The file was taken for this delivery and purpose by the deliverer; that it serves once, the table's unique
 * index sees to.
 */
async function requireFile(
  tx: Transaction,
  delivery: Delivery,
  deliverer: string,
  fileId: string | undefined,
  purpose: "handover_photo" | "signed_list",
): Promise<void> {
  if (fileId === undefined) throw new DomainError("PROOF_MISSING");
  const [file] = await tx
    .select({ id: storedFiles.id })
    .from(storedFiles)
    .where(
      and(
        eq(storedFiles.id, fileId),
        eq(storedFiles.aboutId, delivery.id),
        eq(storedFiles.purpose, purpose),
        eq(storedFiles.uploadedBy, deliverer),
      ),
    );
  if (!file) throw new DomainError("PROOF_MISSING");
}

/** A list is signed by many: a class, a village, an organisation. */
async function isForGroup(tx: Transaction, delivery: Delivery): Promise<boolean> {
  if (delivery.householdId === null) return true;
  const [household] = await tx
    .select({ kind: households.kind })
    .from(households)
    .where(eq(households.id, delivery.householdId));
  return household?.kind === "group";
}

/** Counts a try with a wrong secret; the answer says how many are left. */
export async function countWrongSecret(
  tx: Transaction,
  ctx: UseCaseContext,
  delivery: Delivery,
): Promise<DomainError> {
  const secretTries = delivery.secretTries + 1;

  await transition(tx, ctx, DELIVERY, delivery, "wrong_secret", {
    by: "courier",
    needId: delivery.needId,
    data: { tries: secretTries },
    set: { secretTries },
  });

  const left = (await limit(tx, ctx, "secretTries")) - secretTries;
  return left > 0 ? new DomainError("SECRET_WRONG", { left }) : new DomainError("SECRET_LOCKED");
}
