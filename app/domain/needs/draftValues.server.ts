import { eq } from "drizzle-orm";
import { consentsHeld } from "~/domain/households/consents.server";
import { unsealRecord } from "~/domain/households/openRecord.server";
import { FIELDS } from "~/domain/households/visibility";
import { inTransaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { yuanText } from "~/domain/kernel/money";
import { type Opened, openedOn } from "~/domain/kernel/opened";
import { localInput } from "~/i18n/format";
import { needs } from "~db/schema/needs";
import { hasOtherWishes, type KnownHousehold, knownHousehold } from "./knownHousehold.server";
import { staffNeed } from "./staffQueries.server";
import { draftVersions, readUnfinished, type TypedFields } from "./unfinished.server";

/** A draft's form as it stands. */
export type StoredDraft = Readonly<{
  values: TypedFields;
  opened: Opened;
  /** Stands for the household in the form where that has other wishes: nothing of it is read back. */
  known: KnownHousehold | undefined;
  /** It can still be changed: not once it was submitted. */
  isOpen: boolean;
  /** Something that has to be there is missing. */
  isUnfinished: boolean;
}>;

/**
 * A draft as its filer typed it, field by field, to go on with; whole or not. Only for the filer: reading
 * back what one wrote oneself is no opening of a record. @throws {DomainError} NOT_FOUND for everybody else
 */
export async function draftValues(ctx: UseCaseContext, needId: string): Promise<StoredDraft> {
  const opened = openedOn(...(await draftVersions(ctx.db, needId)));
  const unfinished = await readUnfinished(ctx, needId);
  const [need] = await ctx.db.select({ id: needs.id }).from(needs).where(eq(needs.id, needId));

  if (!need) {
    if (unfinished?.draft.kind !== "wish") throw new DomainError("NOT_FOUND");
    const known =
      unfinished.draft.householdId === null
        ? undefined
        : await knownHousehold(ctx, unfinished.draft.householdId);
    return {
      values: { ...BLANK, ...(known ? {} : BLANK_HOUSEHOLD), ...unfinished.typed },
      opened,
      known,
      isOpen: true,
      isUnfinished: true,
    };
  }

  const whole = await wholeDraft(ctx, needId);
  return unfinished
    ? {
        ...whole,
        values: { ...whole.values, ...cleared(whole.values), ...unfinished.typed },
        opened,
        isUnfinished: true,
      }
    : { ...whole, opened, isUnfinished: false };
}

/** What a form that came back does not mention was emptied there. */
const cleared = (values: TypedFields): TypedFields =>
  Object.fromEntries(Object.keys(values).map((name) => [name, ""]));

const HOUSEHOLD_FIELDS = ["townCode", "kind", "heads", "groupCode", "ageBand"] as const;
const BLANK: TypedFields = Object.fromEntries(
  [
    "title",
    "story",
    "pseudonym",
    "overCapReason",
    "wantedBy",
    "entitlementsChecked",
    "consents.scopes",
    "consents.givenBy",
  ].map((name) => [name, ""]),
);
const BLANK_HOUSEHOLD: TypedFields = Object.fromEntries(
  [...HOUSEHOLD_FIELDS, ...FIELDS.map((field) => `person.${field}`)].map((name) => [`household.${name}`, ""]),
);

async function wholeDraft(
  ctx: UseCaseContext,
  needId: string,
): Promise<Omit<StoredDraft, "opened" | "isUnfinished">> {
  const { need, filedByMe, words, lines, household, consents, steps } = await staffNeed(ctx, needId);
  if (!filedByMe || !household) throw new DomainError("NOT_FOUND");
  const known = (await hasOtherWishes(ctx.db, household.id, needId))
    ? await knownHousehold(ctx, household.id)
    : undefined;
  const visit = steps.findLast(({ event }) => event === "need.draft" || event === "need.edit");
  const values: TypedFields = {
    ...BLANK,
    ...(known ? {} : { ...(await whomItIsFor(ctx, household)), "consents.scopes": consents }),
    title: words?.title ?? "",
    story: words?.story ?? "",
    pseudonym: words?.pseudonym ?? "",
    ...Object.fromEntries(
      lines.flatMap((line, index) =>
        Object.entries(lineValues(line)).map(([name, value]) => [`lines[${index}].${name}`, value]),
      ),
    ),
    overCapReason: need.overCapReason ?? "",
    visitedAt: localInput(visit?.occurredAt ?? ctx.now()),
    wantedBy: need.wantedBy ? localInput(need.wantedBy) : "",
    entitlementsChecked: need.entitlementsCheckedAt ? "yes" : "",
  };
  return { values, known, isOpen: ["draft", "returned"].includes(need.state) };
}

type Line = Awaited<ReturnType<typeof staffNeed>>["lines"][number];

/** One thing as its fields show it. */
export const lineValues = (
  line: Pick<Line, "objectKind" | "itemHans" | "details" | "requested" | "unitCode" | "unitPriceFen">,
) => ({
  objectKind: line.objectKind ?? "",
  item: line.itemHans,
  details: line.details ?? "",
  quantity: String(line.requested),
  unitCode: line.unitCode,
  unitPriceFen: yuanText(line.unitPriceFen),
});

type Household = NonNullable<Awaited<ReturnType<typeof staffNeed>>["household"]>;

/** The part of the form on the household, as it was typed with its only wish. */
async function whomItIsFor(ctx: UseCaseContext, household: Household): Promise<TypedFields> {
  const person = (await inTransaction(ctx, (tx) => unsealRecord(tx, ctx, household.id))) ?? {};
  const [held] = await consentsHeld(ctx.db, household.id);
  return {
    ...BLANK_HOUSEHOLD,
    "household.townCode": household.townCode,
    "household.kind": household.kind,
    "household.heads": String(household.heads),
    "household.groupCode": household.groupCode,
    "household.ageBand": household.ageBand,
    ...Object.fromEntries(
      Object.entries(person).map(([field, value]) => [`household.person.${field}`, value]),
    ),
    "consents.givenBy": held?.givenBy ?? "",
  };
}
