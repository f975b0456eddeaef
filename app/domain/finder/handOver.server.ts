import { and, eq, gt, inArray } from "drizzle-orm";
import { requireUser, scopeIds } from "~/domain/kernel/actor";
import { makeCode } from "~/domain/kernel/codes";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { recordEvent } from "~/domain/kernel/journal/recordEvent.server";
import { limit } from "~/domain/kernel/limits.server";
import { countTry, networkOf } from "~/domain/kernel/rate.server";
import { keyedHash, keyedHashes, seal, unseal } from "~/domain/kernel/sealing.server";
import { requireSteppedUp } from "~/domain/kernel/stepUp";
import { plusDays } from "~/domain/kernel/time";
import { readCode } from "~/domain/kernel/typed/code";
import { finderHandovers } from "~db/schema/screening";
import type { Answers } from "./questions";
import { answersFrom } from "./readAnswers";

/**
 * Codes tried by one caseworker in an hour: enough for misread paper, far too few to guess one of a thousand
 * million.
 */
const TRIES_AN_HOUR = 20;
const HANDOVERS_AN_HOUR = 30;

const PURPOSE = "finder_handover";
const placeOf = (id: string) => `finder_handover.answers:${id}`;

/**
 * Keeps the answers of the finder, sealed, for a caseworker to open once with the code that the person is
 * given; destroyed after their days. Called only when the person agreed to it. No name goes with them.
 * @throws {DomainError} TOO_MANY_REQUESTS from one address
 */
export async function handOverAnswers(
  ctx: UseCaseContext,
  { answers, clientAddress }: { answers: Answers; clientAddress: string },
): Promise<{ code: string; expiresAt: Date }> {
  await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "finder_handover.by", networkOf(clientAddress)),
    windowMinutes: 60,
    most: HANDOVERS_AN_HOUR,
  });

  const id = ctx.newId();
  const expiresAt = plusDays(ctx.now(), await limit(ctx.db, ctx, "finderHandoverDays"));

  return inTransaction(ctx, async (tx) => {
    const code = makeCode("Q", ctx.randomBytes);

    await tx.insert(finderHandovers).values({
      id,
      codeHash: keyedHash(ctx.keys, PURPOSE, code),
      answersSealed: seal(ctx.keys, placeOf(id), JSON.stringify(answers)),
      createdAt: ctx.now(),
      expiresAt,
    });

    await recordEvent(tx, ctx, {
      entity: "finder_handover",
      entityId: id,
      entityVersion: 1,
      event: "finder_handover.give",
      fromState: null,
      toState: null,
      by: "visitor",
    });

    return { code, expiresAt };
  });
}

/**
 * Opens handed-over answers by their code. Only a caseworker, and only once for all: afterwards the same
 * caseworker may read on, nobody else.
 * @throws {DomainError} NOT_ALLOWED, TOO_MANY_REQUESTS, CODE_UNKNOWN for a code that names nothing, is
 *   over, or was opened by somebody else
 */
export async function openHandedAnswers(
  ctx: UseCaseContext,
  typed: string,
): Promise<{ code: string; answers: Answers; createdAt: Date }> {
  requireSteppedUp(ctx, "openHandedAnswers");
  const { userId } = requireUser(ctx.actor);
  if (scopeIds(ctx.actor, "caseworker").length === 0) throw new DomainError("NOT_ALLOWED");
  await countTry(ctx, {
    keys: keyedHashes(ctx.keys, "finder_handover.tries", userId),
    windowMinutes: 60,
    most: TRIES_AN_HOUR,
  });

  const code = readCode(typed);
  if (code === undefined) throw new DomainError("CODE_UNKNOWN");
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .select()
      .from(finderHandovers)
      .where(
        and(
          inArray(finderHandovers.codeHash, keyedHashes(ctx.keys, PURPOSE, code)),
          gt(finderHandovers.expiresAt, ctx.now()),
        ),
      )
      .for("update");
    if (!row?.answersSealed || (row.openedBy !== null && row.openedBy !== userId))
      throw new DomainError("CODE_UNKNOWN");
    if (row.openedBy === null) {
      await tx
        .update(finderHandovers)
        .set({ openedBy: userId, openedAt: ctx.now() })
        .where(eq(finderHandovers.id, row.id));

      await recordEvent(tx, ctx, {
        entity: "finder_handover",
        entityId: row.id,
        entityVersion: 2,
        event: "finder_handover.open",
        fromState: null,
        toState: null,
        by: "caseworker",
      });
    }

    return {
      code,
      answers: answersFrom(JSON.parse(unseal(ctx.keys, placeOf(row.id), row.answersSealed))),
      createdAt: row.createdAt,
    };
  });
}
