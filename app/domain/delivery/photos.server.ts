import { createHash } from "node:crypto";
import { and, asc, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import { householdKey } from "~/domain/households/dataKey.server";
import { readOpened } from "~/domain/households/openRecord.server";
import { requireRole, requireUser } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { once } from "~/domain/kernel/once.server";
import { FilesDown } from "~/domain/kernel/ports";
import { seal, sealUnder, unseal, unsealUnder } from "~/domain/kernel/sealing.server";
import { transition } from "~/domain/kernel/transition.server";
import { deliveries, handovers } from "~db/schema/delivery";
import { storedFiles } from "~db/schema/reference";
import { lastHandover } from "./acknowledgeDelivery.server";
import { DELIVERY, type Delivery, findDelivery } from "./machine.server";
import { donorsOf, requireDeliverer, townRoleFor } from "./people.server";
import type { DecidePhotoInput } from "./schemas";

type Purpose = "handover_photo" | "signed_list";
type StoredFile = typeof storedFiles.$inferSelect;

const placeOf = (fileId: string) => `stored_file:${fileId}`;

function sayFilesDown(error: unknown): never {
  throw error instanceof FilesDown ? new DomainError("FILES_DOWN") : error;
}

export type NewPhoto = Readonly<{
  deliveryId: string;
  purpose: Purpose;
  bytes: Uint8Array;
  requestKey: string;
}>;

/**
 * Keeps a photo that the deliverer took at the door: drawn anew, then sealed under the household's key before
 * it reaches the disk, so that erasing the household erases it too. Private until a use case hands it out.
 * Safe to repeat: the same picture sent with the same request key is kept once.
 *
 * @throws {DomainError} FILE_NOT_A_PHOTO, NOT_FOUND unless the assigned deliverer, WRONG_STATE unless it is
 *   out, FILES_DOWN
 */
export async function keepPhoto(
  ctx: UseCaseContext,
  { deliveryId, purpose, bytes, requestKey }: NewPhoto,
): Promise<{ fileId: string }> {
  const { userId } = requireUser(ctx.actor);
  const [delivery] = await ctx.db.select().from(deliveries).where(eq(deliveries.id, deliveryId));
  if (!delivery) throw new DomainError("NOT_FOUND");
  requireDeliverer(ctx, delivery);
  const photo = await ctx.ports.files.cleanPhoto(bytes);
  if (photo === undefined) throw new DomainError("FILE_NOT_A_PHOTO");
  const fileId = ctx.newId();
  const sealed = await inTransaction(ctx, (tx) => sealBytes(tx, ctx, delivery, placeOf(fileId), photo));
  const { sha256 } = await ctx.ports.files.put(Buffer.from(sealed, "utf8")).catch(sayFilesDown);
  const picture = createHash("sha256").update(bytes).digest("base64url");
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "keepPhoto", { requestKey: `${requestKey}:${picture}`, deliveryId, purpose }, async () => {
      if (delivery.state !== "dispatched") throw new DomainError("WRONG_STATE");
      await tx.insert(storedFiles).values({
        id: fileId,
        sha256,
        mediaType: "image/jpeg",
        bytes: photo.length,
        purpose,
        aboutId: deliveryId,
        uploadedBy: userId,
        uploadedAt: ctx.now(),
      });

      return { fileId };
    }),
  );
}

/**
 * Pictures that this deliverer sent for a parcel and that prove nothing yet: nobody has to send them twice.
 */
export async function waitingPhotos(
  ctx: UseCaseContext,
  deliveryId: string,
): Promise<Partial<Record<Purpose, { fileId: string; at: Date }>>> {
  const { userId } = requireUser(ctx.actor);
  const rows = await ctx.db
    .select({ fileId: storedFiles.id, purpose: storedFiles.purpose, at: storedFiles.uploadedAt })
    .from(storedFiles)
    .leftJoin(handovers, eq(handovers.fileId, storedFiles.id))
    .where(and(eq(storedFiles.aboutId, deliveryId), eq(storedFiles.uploadedBy, userId), isNull(handovers.id)))
    .orderBy(asc(storedFiles.id));
  return Object.fromEntries(rows.map(({ purpose, ...file }) => [purpose, file]));
}

async function sealBytes(
  tx: Transaction,
  ctx: UseCaseContext,
  delivery: Delivery,
  place: string,
  bytes: Uint8Array,
): Promise<string> {
  const text = Buffer.from(bytes).toString("base64");
  if (delivery.householdId === null) return seal(ctx.keys, place, text);
  const key = await householdKey(tx, ctx, delivery.householdId);
  if (!key) throw new DomainError("NOT_FOUND");
  return sealUnder(key, place, text);
}

async function unsealBytes(
  ctx: UseCaseContext,
  delivery: Delivery,
  file: StoredFile,
): Promise<Uint8Array | undefined> {
  const kept = await ctx.ports.files.get(file.sha256).catch(sayFilesDown);
  if (kept === undefined) return undefined;
  const sealed = Buffer.from(kept).toString("utf8");
  if (delivery.householdId === null) return Buffer.from(unseal(ctx.keys, placeOf(file.id), sealed), "base64");
  const { householdId } = delivery;
  const key = await inTransaction(ctx, (tx) => householdKey(tx, ctx, householdId));
  return key && Buffer.from(unsealUnder(key, placeOf(file.id), sealed), "base64");
}

/**
 * A file of evidence, to those who may see it. A photo of the thing handed over: deliverer, town, operator,
 * and its donors once the city passed it. A signed list carries names: only under a live grant to read the
 * household's record.
 *
 * @throws {DomainError} NOT_FOUND for everybody else, and once the household was erased; FILES_DOWN
 */
export async function readFile(
  ctx: UseCaseContext,
  fileId: string,
): Promise<{ bytes: Uint8Array; mediaType: string }> {
  const [found] = await ctx.db
    .select({ file: storedFiles, delivery: deliveries })
    .from(storedFiles)
    .innerJoin(deliveries, eq(deliveries.id, storedFiles.aboutId))
    .where(eq(storedFiles.id, fileId));
  if (!found || !(await maySee(ctx, found.file, found.delivery))) throw new DomainError("NOT_FOUND");
  const bytes = await unsealBytes(ctx, found.delivery, found.file);
  if (!bytes) throw new DomainError("NOT_FOUND");
  return { bytes, mediaType: found.file.mediaType };
}

async function maySee(ctx: UseCaseContext, file: StoredFile, delivery: Delivery): Promise<boolean> {
  const { userId } = requireUser(ctx.actor);
  if (file.purpose === "signed_list" && delivery.householdId !== null)
    return (await readOpened(ctx, delivery.householdId)) !== undefined;
  if (file.uploadedBy === userId) return true;
  if (await looksAfter(ctx, delivery)) return true;
  if (file.purpose !== "handover_photo") return false;
  const [passed] = await ctx.db
    .select({ id: handovers.id })
    .from(handovers)
    .where(and(eq(handovers.fileId, file.id), eq(handovers.photoDecision, "passed")));
  return passed !== undefined && (await inTransaction(ctx, (tx) => donorsOf(tx, delivery))).has(userId);
}

const looksAfter = (ctx: UseCaseContext, delivery: Delivery): Promise<boolean> =>
  townRoleFor(ctx.db, ctx, delivery).then(
    () => true,
    () => false,
  );

/**
 * An operator looked at the photo of a handover: it shows no face and nothing that names anybody, and goes to
 * the donors; or it stays private. Never the one who took it.
 *
 * @throws {DomainError} NOT_ALLOWED unless operator, FOUR_EYES for the deliverer, NOT_FOUND without a
 *   photo, WRONG_STATE when decided already
 */
export async function decidePhoto(
  ctx: UseCaseContext,
  deliveryId: string,
  { decision }: z.infer<typeof DecidePhotoInput>,
): Promise<void> {
  const { userId } = requireRole(ctx.actor, "operator");

  await inTransaction(ctx, async (tx) => {
    const delivery = await findDelivery(tx, deliveryId);
    const handover = await lastHandover(tx, deliveryId);
    if (handover?.proof !== "photo") throw new DomainError("NOT_FOUND");
    if (handover.photoDecision !== null) throw new DomainError("WRONG_STATE");
    if (handover.deliveredBy === userId) throw new DomainError("FOUR_EYES");
    await tx
      .update(handovers)
      .set({ photoDecision: decision === "pass" ? "passed" : "kept", photoDecidedBy: userId })
      .where(eq(handovers.id, handover.id));

    await transition(tx, ctx, DELIVERY, delivery, decision === "pass" ? "pass_photo" : "keep_photo", {
      by: "operator",
      needId: delivery.needId,
    });
  });
}
