import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { z } from "zod";
import { liveConsents } from "~/domain/households/consents.server";
import { unsealRecord } from "~/domain/households/openRecord.server";
import { requireRole, scopeIds } from "~/domain/kernel/actor";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import type { JournalRow } from "~/domain/kernel/journal/recordEvent.server";
import { pageOf } from "~/domain/kernel/page";
import { transition } from "~/domain/kernel/transition.server";
import { canonicalPhone } from "~/domain/kernel/typed/phone";
import { Version } from "~/domain/kernel/typed/wholeNumber";
import { say } from "~/i18n/messages";
import { paths } from "~/paths";
import { listItems } from "~db/schema/directory";
import { households } from "~db/schema/households";
import { pushes } from "~db/schema/screening";
import { PUSH } from "./queuePushes.server";

/**
 * Tells a household of one queued item: by text message where they agreed to be told so and a phone is known
 * and messages can be sent, else through the call list of their town. The message names no item: phones are
 * shared. Safe to repeat: a push that left the queue is not told again; when the process dies between sending
 * and writing, one message may come twice.
 */
export async function tellHousehold(ctx: UseCaseContext, event: JournalRow): Promise<void> {
  const found = await inTransaction(ctx, async (tx) => {
    const [push] = await tx.select().from(pushes).where(eq(pushes.id, event.entityId));
    if (push?.state !== "queued") return undefined;
    const [item] = await tx
      .select({ list: listItems.list, code: listItems.code })
      .from(listItems)
      .where(eq(listItems.code, push.itemCode));
    const agreed = (await liveConsents(tx, push.householdId)).includes("contact");
    const phone =
      agreed && ctx.ports.texts.canSend
        ? canonicalPhone((await unsealRecord(tx, ctx, push.householdId))?.phone)
        : undefined;
    return { push, item, phone };
  });
  if (!found?.item) return;
  const { push, item, phone } = found;
  if (phone !== undefined)
    await ctx.ports.texts.send({
      phone,
      template: "newForYou",
      link: ctx.publicUrl + paths("zh-Hans").listItem(item.list, item.code),
    });
  await inTransaction(ctx, async (tx) => {
    await transition(tx, ctx, PUSH, push, phone === undefined ? "call" : "send", {
      by: "system",
      set: phone === undefined ? {} : { sentAt: ctx.now() },
    });
  });
}

const PAGE = 50;

/** A push as whoever calls the household reads it. */
const TO_CALL = {
  id: pushes.id,
  householdId: pushes.householdId,
  state: pushes.state,
  version: pushes.version,
  trigger: pushes.trigger,
  createdAt: pushes.createdAt,
} as const;

/**
 * Pushes of the caseworker's towns that wait for a call or an answer, oldest first. `after` is the id of the
 * last one seen.
 */
export async function callList(ctx: UseCaseContext, after?: string) {
  const towns = scopeIds(ctx.actor, "caseworker");
  if (ctx.actor.kind === "visitor") throw new DomainError("SIGN_IN_NEEDED");
  if (towns.length === 0) throw new DomainError("NOT_ALLOWED");
  const rows = await ctx.db
    .select({
      push: TO_CALL,
      code: households.code,
      name: listItems.name,
      nameHant: listItems.nameHant,
      nameEn: listItems.nameEn,
      list: listItems.list,
    })
    .from(pushes)
    .innerJoin(households, eq(households.id, pushes.householdId))
    .innerJoin(listItems, eq(listItems.code, pushes.itemCode))
    .where(
      and(
        inArray(pushes.townCode, towns),
        inArray(pushes.state, ["call_list", "sent", "no_answer"]),
        after === undefined ? undefined : gt(pushes.id, after),
      ),
    )
    .orderBy(asc(pushes.id))
    .limit(PAGE + 1);
  return pageOf(rows, PAGE, (last) => last.push.id);
}

export const AnswerPushInput = z.object({
  pushId: z.uuid(),
  version: Version,
  answer: z.enum(["interest", "decline", "no_answer"], { error: say("common.pleaseChoose") }),
});

/**
 * Writes down what a household said of an item it was told of. Of two who answer at once, one is told.
 * @throws {DomainError} NOT_FOUND outside the caseworker's town, CHANGED_MEANWHILE, WRONG_STATE
 */
export async function answerPush(
  ctx: UseCaseContext,
  { pushId, version, answer }: z.infer<typeof AnswerPushInput>,
): Promise<{ householdId: string; itemCode: string }> {
  return inTransaction(ctx, async (tx) => {
    const [push] = await tx.select().from(pushes).where(eq(pushes.id, pushId));
    if (!push || !scopeIds(ctx.actor, "caseworker").includes(push.townCode))
      throw new DomainError("NOT_FOUND");
    const { userId } = requireRole(ctx.actor, "caseworker", { kind: "town", id: push.townCode });
    if (push.version !== version) throw new DomainError("CHANGED_MEANWHILE");
    await transition(tx, ctx, PUSH, push, answer, {
      by: "caseworker",
      set: { answeredBy: userId, answeredAt: ctx.now() },
    });

    return { householdId: push.householdId, itemCode: push.itemCode };
  });
}
