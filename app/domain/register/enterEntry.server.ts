import { and, eq, inArray, ne } from "drizzle-orm";
import type { ActingRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import type { WithData } from "~/domain/kernel/journal/eventData";
import { once } from "~/domain/kernel/once.server";
import { endOfDay, shanghaiDay, startOfDay } from "~/domain/kernel/time";
import { recordBirth } from "~/domain/kernel/transition.server";
import {
  charities,
  charityAccounts,
  filings,
  fundraisingCertificates,
  organisations,
  programmes,
  registrations,
} from "~db/schema/organisations";
import { entryMachine } from "./machines.server";
import { requireRegisterKeeper } from "./registerKeeper.server";
import type { EnterBodyInput, EntryInput } from "./schemas";
import type { EntryKind } from "./vocabulary";

export type Body = Readonly<{ id: string; kind: "organisation" | "charity"; creditCode: string }>;
type Keeper = Readonly<{ userId: string; by: ActingRole }>;
type Of<Form extends EntryInput["form"]> = Extract<EntryInput, { form: Form }>;

/** An organisation or a charity by its id. @throws {DomainError} NOT_FOUND */
export async function findBody(tx: Transaction | UseCaseContext["db"], id: string): Promise<Body> {
  const [organisation] = await tx
    .select({ id: organisations.id, creditCode: organisations.creditCode })
    .from(organisations)
    .where(eq(organisations.id, id));
  if (organisation) return { ...organisation, kind: "organisation" };
  const [charity] = await tx.select().from(charities).where(eq(charities.id, id));
  if (!charity) throw new DomainError("NOT_FOUND");
  return { ...charity, kind: "charity" };
}

/**
 * Enters what changes for a body, with its dates: nothing is written over, and nothing counts before another
 * person approved it. One of a kind waits at a time. Safe to repeat by request key.
 *
 * @throws {DomainError} NOT_ALLOWED unless operator or admin, NOT_FOUND for no such body and for what only
 *   a charity has, ENTRY_WAITING, IN_THE_PAST for what would be over, FILING_KNOWN, ACCOUNT_TAKEN by another
 *   charity, REQUEST_KEY_REUSED
 */
export async function enterEntry(ctx: UseCaseContext, bodyId: string, input: EntryInput): Promise<null> {
  const keeper = requireRegisterKeeper(ctx);
  return inTransaction(ctx, (tx) =>
    once(tx, ctx, "enterEntry", { ...input, bodyId }, async () => {
      const body = await findBody(tx, bodyId);
      if (body.kind === "organisation" && input.form !== "registration") throw new DomainError("NOT_FOUND");
      await write(tx, ctx, body, input, keeper);
      return null;
    }),
  );
}

function write(
  tx: Transaction,
  ctx: UseCaseContext,
  body: Body,
  input: EntryInput,
  keeper: Keeper,
): Promise<void> {
  switch (input.form) {
    case "registration":
      return writeRegistration(tx, ctx, body, input, keeper);
    case "fundraising_certificate":
      return writeCertificate(tx, ctx, body, input, keeper);
    case "programme":
      return writeProgramme(tx, ctx, body, input, keeper);
    case "filing":
      return writeFiling(tx, ctx, body, input.programmeId, input, keeper);
    case "charity_account":
      return writeAccount(tx, ctx, body, input, keeper);
  }
}

type Days = Readonly<{ validFrom: string; validTo: string }>;

/**
 * From the first day's beginning to the last day's end. @throws {DomainError} IN_THE_PAST for what is over
 */
function period(ctx: UseCaseContext, { validFrom, validTo }: Days) {
  if (validTo < shanghaiDay(ctx.now())) throw new DomainError("IN_THE_PAST");
  return { validFrom: startOfDay(validFrom), validTo: endOfDay(validTo) };
}

const newEntry = (ctx: UseCaseContext, { userId }: Keeper) => ({
  id: ctx.newId(),
  state: "proposed" as const,
  enteredBy: userId,
  createdAt: ctx.now(),
});

/** One entry of a kind waits at a time: the table takes no second one. @throws {DomainError} ENTRY_WAITING */
function requireOnlyOne(added: readonly unknown[]): void {
  if (added.length === 0) throw new DomainError("ENTRY_WAITING");
}

const record = (
  tx: Transaction,
  ctx: UseCaseContext,
  kind: EntryKind,
  entry: { id: string; state: "proposed" },
  { by }: Keeper,
  told: WithData<`${EntryKind}.enter`>,
) => recordBirth(tx, ctx, entryMachine(kind), entry, "enter", { by, ...told });

export async function writeRegistration(
  tx: Transaction,
  ctx: UseCaseContext,
  body: Body,
  input: Of<"registration"> | EnterBodyInput,
  keeper: Keeper,
): Promise<void> {
  const { nameHans, nameHant, nameEn, contactPhone, number, validFrom, validTo } = input;
  const entry = newEntry(ctx, keeper);
  const of = body.kind === "charity" ? { charityId: body.id } : { organisationId: body.id };
  const values = { ...entry, ...of, nameHans, nameHant, nameEn, contactPhone, number, ...period(ctx, input) };

  requireOnlyOne(
    await tx.insert(registrations).values(values).onConflictDoNothing().returning({ id: registrations.id }),
  );

  await record(tx, ctx, "registration", entry, keeper, {
    data: {
      creditCode: body.creditCode,
      number,
      from: validFrom,
      to: validTo,
    },
  });
}

async function writeCertificate(
  tx: Transaction,
  ctx: UseCaseContext,
  body: Body,
  input: Of<"fundraising_certificate">,
  keeper: Keeper,
): Promise<void> {
  const { number, validFrom, validTo } = input;
  const entry = newEntry(ctx, keeper);
  const values = { ...entry, charityId: body.id, number, ...period(ctx, input) };

  requireOnlyOne(
    await tx
      .insert(fundraisingCertificates)
      .values(values)
      .onConflictDoNothing()
      .returning({ id: fundraisingCertificates.id }),
  );

  await record(tx, ctx, "fundraising_certificate", entry, keeper, {
    data: {
      creditCode: body.creditCode,
      number,
      from: validFrom,
      to: validTo,
    },
  });
}

/**
 * A programme and its first filing. What was only ever rejected may be entered anew in better words; what
 * anybody approved stays.
 */
async function writeProgramme(
  tx: Transaction,
  ctx: UseCaseContext,
  body: Body,
  input: Of<"programme">,
  keeper: Keeper,
): Promise<void> {
  const { filingNumber, nameHans, nameHant, nameEn } = input;
  const words = { nameHans, nameHant, nameEn };
  const id = ctx.newId();
  const added = await tx
    .insert(programmes)
    .values({ id, charityId: body.id, filingNumber, ...words })
    .onConflictDoNothing()
    .returning({ id: programmes.id });
  if (added.length > 0) return writeFiling(tx, ctx, body, id, input, keeper);
  const [known] = await tx
    .select()
    .from(programmes)
    .where(eq(programmes.filingNumber, filingNumber))
    .for("update");
  const alive =
    known &&
    (await tx
      .select({ id: filings.id })
      .from(filings)
      .where(and(eq(filings.programmeId, known.id), ne(filings.state, "rejected"))));
  if (known?.charityId !== body.id || alive?.length !== 0) throw new DomainError("FILING_KNOWN");
  await tx.update(programmes).set(words).where(eq(programmes.id, known.id));
  return writeFiling(tx, ctx, body, known.id, input, keeper);
}

async function writeFiling(
  tx: Transaction,
  ctx: UseCaseContext,
  body: Body,
  programmeId: string,
  days: Days,
  keeper: Keeper,
): Promise<void> {
  const [programme] = await tx
    .select({ filingNumber: programmes.filingNumber })
    .from(programmes)
    .where(and(eq(programmes.id, programmeId), eq(programmes.charityId, body.id)));
  if (!programme) throw new DomainError("NOT_FOUND");
  const entry = newEntry(ctx, keeper);
  const values = { ...entry, programmeId, ...period(ctx, days) };
  requireOnlyOne(await tx.insert(filings).values(values).onConflictDoNothing().returning({ id: filings.id }));
  await record(tx, ctx, "filing", entry, keeper, {
    data: {
      creditCode: body.creditCode,
      number: programme.filingNumber,
      from: days.validFrom,
      to: days.validTo,
    },
  });
}

async function writeAccount(
  tx: Transaction,
  ctx: UseCaseContext,
  body: Body,
  { stripeAccountId, validFrom }: Of<"charity_account">,
  keeper: Keeper,
): Promise<void> {
  if (validFrom < shanghaiDay(ctx.now())) throw new DomainError("IN_THE_PAST");
  await requireFreeAccount(tx, { charityId: body.id, stripeAccountId });
  const entry = newEntry(ctx, keeper);
  const values = { ...entry, charityId: body.id, stripeAccountId, validFrom: startOfDay(validFrom) };

  requireOnlyOne(
    await tx
      .insert(charityAccounts)
      .values(values)
      .onConflictDoNothing()
      .returning({ id: charityAccounts.id }),
  );

  await record(tx, ctx, "charity_account", entry, keeper, {
    data: {
      creditCode: body.creditCode,
      account: stripeAccountId,
      from: validFrom,
    },
  });
}

/** One charity's money never goes to another's account. @throws {DomainError} ACCOUNT_TAKEN */
export async function requireFreeAccount(
  tx: Transaction,
  { charityId, stripeAccountId }: { charityId: string; stripeAccountId: string },
): Promise<void> {
  const [taken] = await tx
    .select({ id: charityAccounts.id })
    .from(charityAccounts)
    .where(
      and(
        eq(charityAccounts.stripeAccountId, stripeAccountId),
        ne(charityAccounts.charityId, charityId),
        inArray(charityAccounts.state, ["proposed", "approved", "ended"]),
      ),
    )
    .limit(1);
  if (taken) throw new DomainError("ACCOUNT_TAKEN");
}
