import { and, desc, eq, inArray } from "drizzle-orm";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { requireUser } from "~/domain/kernel/actor";
import { DomainError } from "~/domain/kernel/errors";
import { yuanText } from "~/domain/kernel/money";
import { consentsHeld } from "~/domain/households/consents.server";
import { unsealRecord } from "~/domain/households/openRecord.server";
import { localInput } from "~/i18n/format";
import { journal } from "~db/schema/journal";
import { hasOtherWishes, knownHousehold, type KnownHousehold } from "./knownHousehold.server";
import { staffNeed } from "./staffQueries.server";

/**
 * A draft as its filer typed it, field by field, to go on with. Only the filer, and only before it is submitted: reading back
 * what one wrote oneself is no opening of a record. Of a household with other wishes nothing is read back: `known` stands for it.
 */
export async function draftValues(ctx: UseCaseContext, needId: string): Promise<{ values: Record<string, string | string[]>; known: KnownHousehold | undefined }> {
  const { need, words, lines, household, consents } = await staffNeed(ctx, needId);
  if (need.filedBy !== requireUser(ctx.actor).userId || !household || !["draft", "returned"].includes(need.state)) throw new DomainError("NOT_FOUND");
  const known = (await hasOtherWishes(ctx.db, household.id, needId)) ? await knownHousehold(ctx, household.id) : undefined;
  const [visit] = await ctx.db
    .select({ at: journal.occurredAt })
    .from(journal)
    .where(and(eq(journal.entity, "need"), eq(journal.entityId, needId), inArray(journal.event, ["need.draft", "need.edit"])))
    .orderBy(desc(journal.entityVersion))
    .limit(1);
  const [line] = lines;
  const values = {
    ...(known ? {} : { ...(await whomItIsFor(ctx, household)), "consents.scopes": consents }),
    title: words?.title ?? "",
    story: words?.story ?? "",
    pseudonym: words?.pseudonym ?? "",
    ...(line
      ? {
          "lines[0].objectKind": line.objectKind ?? "",
          "lines[0].item": line.itemHans,
          "lines[0].details": line.details ?? "",
          "lines[0].quantity": String(line.requested),
          "lines[0].unitCode": line.unitCode,
          "lines[0].unitPriceFen": yuanText(line.unitPriceFen),
        }
      : {}),
    overCapReason: need.overCapReason ?? "",
    visitedAt: localInput(visit?.at ?? ctx.now()),
    ...(need.wantedBy ? { wantedBy: localInput(need.wantedBy) } : {}),
    ...(need.entitlementsCheckedBy ? { entitlementsChecked: "yes" } : {}),
  };
  return { values, known };
}

type Household = NonNullable<Awaited<ReturnType<typeof staffNeed>>["household"]>;

/** The part of the form on the household, as it was typed with its only wish. */
async function whomItIsFor(ctx: UseCaseContext, household: Household): Promise<Record<string, string>> {
  const person = (await inTransaction(ctx, (tx) => unsealRecord(tx, ctx, household.id))) ?? {};
  const [held] = await consentsHeld(ctx.db, household.id);
  return {
    "household.townCode": household.townCode,
    "household.kind": household.kind,
    "household.heads": String(household.heads),
    "household.groupCode": household.groupCode,
    "household.ageBand": household.ageBand,
    ...Object.fromEntries(Object.entries(person).map(([field, value]) => [`household.person.${field}`, value])),
    ...(held ? { "consents.givenBy": held.givenBy } : {}),
  };
}
