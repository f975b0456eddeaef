import { and, asc, eq, gt, inArray, lt, notExists } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { liveConsents } from "~/domain/households/consents.server";
import { openRecord, readOpened, unsealRecord } from "~/domain/households/openRecord.server";
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
      locale: "zh-Hans",
      template: "newForYou",
      data: { link: ctx.publicUrl + paths("zh-Hans").listItem(item.list, item.code) },
    });
  await inTransaction(ctx, async (tx) => {
    await transition(tx, ctx, PUSH, push, phone === undefined ? "call" : "send", {
      by: "system",
      set: phone === undefined ? {} : { sentAt: ctx.now() },
    });
  });
}

const HOMES_A_PAGE = 10;
const WAITING = ["call_list", "sent", "no_answer"] as const;

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
 * Households of the caseworker's towns that wait for a call or gave no answer yet, each with everything that
 * is new for it; who waits longest comes first.
 * @param after the oldest push of the last household seen
 */
export async function callList(ctx: UseCaseContext, after?: string) {
  const towns = scopeIds(ctx.actor, "caseworker");
  if (ctx.actor.kind === "visitor") throw new DomainError("SIGN_IN_NEEDED");
  if (towns.length === 0) throw new DomainError("NOT_ALLOWED");
  const earlier = alias(pushes, "earlier");
  const oldest = await ctx.db
    .select({ id: pushes.id, householdId: pushes.householdId, code: households.code })
    .from(pushes)
    .innerJoin(households, eq(households.id, pushes.householdId))
    .where(
      and(
        inArray(pushes.townCode, towns),
        inArray(pushes.state, WAITING),
        after === undefined ? undefined : gt(pushes.id, after),
        notExists(
          ctx.db
            .select({ id: earlier.id })
            .from(earlier)
            .where(
              and(
                eq(earlier.householdId, pushes.householdId),
                inArray(earlier.state, WAITING),
                lt(earlier.id, pushes.id),
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(pushes.id))
    .limit(HOMES_A_PAGE + 1);
  const { rows: homes, next } = pageOf(oldest, HOMES_A_PAGE, (last) => last.id);
  const news = await ctx.db
    .select({
      push: TO_CALL,
      name: listItems.name,
      nameHant: listItems.nameHant,
      nameEn: listItems.nameEn,
      list: listItems.list,
    })
    .from(pushes)
    .innerJoin(listItems, eq(listItems.code, pushes.itemCode))
    .where(
      and(
        inArray(pushes.householdId, [...homes.map(({ householdId }) => householdId), NOBODY]),
        inArray(pushes.state, WAITING),
      ),
    )
    .orderBy(asc(pushes.id));
  return {
    rows: homes.map(({ householdId, code }) => ({
      householdId,
      code,
      news: news.filter(({ push }) => push.householdId === householdId),
    })),
    next,
  };
}

/** The id of no household: a list of ids is never empty. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * The phone of a household that the caseworker has to call, with its record opened for that, which leaves a
 * trace; undefined where none is known.
 * @throws {DomainError} NOT_FOUND outside the caseworker's towns
 */
export async function phoneToCall(ctx: UseCaseContext, householdId: string): Promise<string | undefined> {
  const [home] = await ctx.db
    .select({ townCode: households.townCode })
    .from(households)
    .where(eq(households.id, householdId));
  if (!home || !scopeIds(ctx.actor, "caseworker").includes(home.townCode)) throw new DomainError("NOT_FOUND");
  await openRecord(ctx, { householdId, reason: "contact_recipient" });
  return canonicalPhone((await readOpened(ctx, householdId))?.fields.phone);
}

/** Whom a button calls. */
export const CallInput = z.object({ householdId: z.uuid() });

const ANSWERS = ["interest", "decline", "no_answer"] as const;
const SameAsAll = z
  .enum(["", ...ANSWERS])
  .default("")
  .transform((answer) => (answer === "" ? undefined : answer));

/** What came of one call: one answer for everything that was new, and where it differs, by entry. */
export const AnswerCallInput = z.object({
  householdId: z.uuid(),
  answer: z.enum(ANSWERS, { error: say("common.pleaseChoose") }),
  news: z
    .array(z.object({ pushId: z.uuid(), version: Version, answer: SameAsAll }))
    .min(1)
    .max(400),
});

/**
 * Writes down what a household said in one call, all of it or nothing. Of two who write at once, one is told.
 * @returns the entries that they want to apply for
 * @throws {DomainError} NOT_FOUND outside the caseworker's town, CHANGED_MEANWHILE, WRONG_STATE
 */
export async function answerCall(
  ctx: UseCaseContext,
  { householdId, answer: forAll, news }: z.infer<typeof AnswerCallInput>,
): Promise<{ wanted: string[] }> {
  return inTransaction(ctx, async (tx) => {
    const ids = news.map(({ pushId }) => pushId);
    const known = await tx
      .select()
      .from(pushes)
      .where(and(inArray(pushes.id, ids), eq(pushes.householdId, householdId)))
      .orderBy(asc(pushes.id));
    const [first] = known;
    if (!first || known.length !== new Set(ids).size) throw new DomainError("NOT_FOUND");
    if (!scopeIds(ctx.actor, "caseworker").includes(first.townCode)) throw new DomainError("NOT_FOUND");
    const { userId } = requireRole(ctx.actor, "caseworker", { kind: "town", id: first.townCode });
    const wanted: string[] = [];

    for (const push of known) {
      const said = news.find(({ pushId }) => pushId === push.id);
      if (push.version !== said?.version) throw new DomainError("CHANGED_MEANWHILE");
      const answer = said.answer ?? forAll;
      if (answer === "interest") wanted.push(push.itemCode);
      await transition(tx, ctx, PUSH, push, answer, {
        by: "caseworker",
        set: { answeredBy: userId, answeredAt: ctx.now() },
      });
    }

    return { wanted };
  });
}
