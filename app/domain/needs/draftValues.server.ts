import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { requireUser } from "~/domain/kernel/actor";
import { DomainError } from "~/domain/kernel/errors";
import { yuanText } from "~/domain/kernel/money";
import { unsealRecord } from "~/domain/households/openRecord.server";
import { localInput } from "~/i18n/format";
import { staffNeed } from "./staffQueries.server";

/**
 * A draft as its filer typed it, field by field, to go on with. Only the filer, and only before it is submitted: reading back
 * what one wrote oneself is no opening of a record.
 */
export async function draftValues(ctx: UseCaseContext, needId: string): Promise<Record<string, string | string[]>> {
  const { need, words, lines, household, consents } = await staffNeed(ctx, needId);
  if (need.filedBy !== requireUser(ctx.actor).userId || !household || !["draft", "returned"].includes(need.state)) throw new DomainError("NOT_FOUND");
  const person = (await inTransaction(ctx, (tx) => unsealRecord(tx, ctx, household.id))) ?? {};
  const [line] = lines;
  return {
    "household.townCode": need.townCode,
    "household.kind": household.kind,
    "household.heads": String(household.heads),
    "household.groupCode": household.groupCode,
    "household.ageBand": household.ageBand,
    ...Object.fromEntries(Object.entries(person).map(([field, value]) => [`household.person.${field}`, value])),
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
    wantedBy: need.wantedBy ? localInput(need.wantedBy) : "",
    visitedAt: localInput(ctx.now()),
    "consents.scopes": consents,
    ...(need.entitlementsCheckedBy ? { entitlementsChecked: "yes" } : {}),
  };
}
