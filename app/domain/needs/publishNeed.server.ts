import { asc, eq, sql } from "drizzle-orm";
import { liveConsents } from "~/domain/households/consents.server";
import { unsealRecord } from "~/domain/households/openRecord.server";
import { requireRole } from "~/domain/kernel/actor";
import { inTransaction, type Transaction, type UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { foldForSearch } from "~/domain/kernel/fold.server";
import { limit } from "~/domain/kernel/limits.server";
import type { Opened } from "~/domain/kernel/opened";
import { plusDays } from "~/domain/kernel/time";
import { transition } from "~/domain/kernel/transition.server";
import { traditional } from "~/domain/kernel/typed/traditional.server";
import { syllablesOf } from "~/domain/search/syllables.server";
import { households } from "~db/schema/households";
import { needLines, publicNeeds } from "~db/schema/needs";
import { objectKinds, towns } from "~db/schema/reference";
import { requireNoAuthor } from "./authors.server";
import { overCap } from "./cap.server";
import { type Finding, namedFindings } from "./guard/findings";
import { publishGuard } from "./guard/publishGuard.server";
import { NEED } from "./machine.server";
import { findNeed, type Need, requireCertificate, requireSeen } from "./need.server";
import { publicPagesChanged } from "./publicVersion.server";
import { WAITS_NO_MORE } from "./reviewClock.server";
import type { PublishInput } from "./schemas";
import { searchKeys } from "./search";
import { readDetails } from "./words.server";

/**
 * What the guard finds in these words, for the operator who redacts them. Reads the record only to compare,
 * shows nothing of it but what stands in the text.
 */
export async function checkWords(
  ctx: UseCaseContext,
  needId: string,
  words: Pick<PublishInput, "title" | "story" | "pseudonym">,
): Promise<Finding[]> {
  requireRole(ctx.actor, "operator");
  return inTransaction(ctx, async (tx) => findingsIn(tx, ctx, await findNeed(tx, needId), words));
}

/**
 * Reads the public words, and of the lines what donors are shown: the things' names, and size, colour and the
 * like.
 */
export async function findingsIn(
  tx: Transaction,
  ctx: UseCaseContext,
  need: Need,
  words: Pick<PublishInput, "title" | "story" | "pseudonym">,
): Promise<Finding[]> {
  const record = need.householdId === null ? undefined : await unsealRecord(tx, ctx, need.householdId);
  const lines = await tx
    .select({ id: needLines.id, item: needLines.itemHans, detailsSealed: needLines.detailsSealed })
    .from(needLines)
    .where(eq(needLines.needId, need.id));
  const details = await Promise.all(lines.map((line) => readDetails(tx, ctx, need, line)));
  const texts = [
    words.title,
    words.story,
    ...lines.map((line) => line.item),
    ...details.filter((text) => text !== undefined),
  ];
  return publishGuard(texts, { pseudonym: words.pseudonym, record });
}

/**
 * Publishes a verified need in the redacted words of a third person. Writes the one row that the public
 * reads, opens the lines for pledges and starts the listing's clock.
 * @param input with the version that its form was opened on, see requireSeen
 *
 * @throws {DomainError} FOUR_EYES, CONSENT_MISSING, OVER_CAP_UNAPPROVED, PUBLISH_GUARD (n places, named),
 *   CERTIFICATE_EXPIRED, WRONG_STATE, CHANGED_MEANWHILE
 */
export async function publishNeed(
  ctx: UseCaseContext,
  needId: string,
  { version, ...input }: PublishInput & Readonly<{ version?: Opened }>,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const need = await findNeed(tx, needId);
    const { userId } = requireRole(ctx.actor, "operator");
    requireSeen(need, version);
    if (userId === need.verifiedBy) throw new DomainError("FOUR_EYES");
    await requireNoAuthor(tx, ctx, need);
    if (need.organisationId !== null) await requireCertificate(tx, ctx, need.organisationId);
    if (need.householdId !== null)
      await requireMayPublish(tx, ctx, { ...need, householdId: need.householdId });
    const findings = await findingsIn(tx, ctx, need, input);
    const hard = findings.filter((finding) => finding.hard);
    if (hard.length > 0 || (findings.length > 0 && !input.acceptSoft))
      throw new DomainError("PUBLISH_GUARD", namedFindings(findings));

    const publishedAt = ctx.now();
    const expiresAt = plusDays(publishedAt, await limit(tx, ctx, "listingDays"));

    await transition(tx, ctx, NEED, need, "publish", {
      by: "operator",
      needId,
      data: { accepted: findings.length },
      set: { ...WAITS_NO_MORE, publishedBy: userId, publishedAt, expiresAt },
    });

    await tx.update(needLines).set({ accepts: true }).where(eq(needLines.needId, needId));
    await writePublicNeed(tx, need, input, { publishedAt, expiresAt });
    await publicPagesChanged(tx);
  });
}

async function requireMayPublish(
  tx: Transaction,
  ctx: UseCaseContext,
  need: Need & { householdId: string },
): Promise<void> {
  const live = await liveConsents(tx, need.householdId);
  if (!live.includes("publish")) throw new DomainError("CONSENT_MISSING");
  const cap = await overCap(tx, ctx, need);
  if (cap.over && need.overCapApprovedBy === null) throw new DomainError("OVER_CAP_UNAPPROVED");
}

async function writePublicNeed(
  tx: Transaction,
  need: Need,
  words: PublishInput,
  { publishedAt, expiresAt }: { publishedAt: Date; expiresAt: Date },
): Promise<void> {
  const lines = await tx
    .select({
      kind: needLines.kind,
      objectKind: needLines.objectKind,
      item: needLines.itemHans,
      kindName: objectKinds.nameHans,
      kindNameEn: objectKinds.nameEn,
    })
    .from(needLines)
    .leftJoin(objectKinds, eq(objectKinds.code, needLines.objectKind))
    .where(eq(needLines.needId, need.id))
    .orderBy(asc(needLines.position));
  const [first] = lines;
  const [town] = await tx.select().from(towns).where(eq(towns.code, need.townCode));
  const [household] =
    need.householdId === null
      ? []
      : await tx.select().from(households).where(eq(households.id, need.householdId));
  if (!first || !town || need.verifiedAt === null || need.filedAt === null)
    throw new Error("a verified need has lines, a town and its dates");
  const searchable = [
    words.title,
    words.story,
    ...lines.flatMap((line) => [line.item, line.kindName ?? "", line.kindNameEn ?? ""]),
    town.nameHans,
    town.nameEn,
    need.code,
  ];

  await tx.insert(publicNeeds).values({
    needId: need.id,
    code: need.code,
    kind: need.kind,
    titleHans: words.title,
    titleHant: traditional(words.title, [words.pseudonym]),
    storyHans: words.story,
    storyHant: traditional(words.story, [words.pseudonym]),
    pseudonym: words.pseudonym ?? null,
    ageBand: household?.ageBand ?? null,
    publicGroup: household?.publicGroup ?? null,
    townCode: need.townCode,
    lineKind: first.kind,
    objectKind: first.objectKind,
    organisationId: need.organisationId,
    verifiedAt: need.verifiedAt,
    verifiedRole: need.kind === "wish" ? "town_reviewer" : "operator",
    publishedAt,
    waitingSince: need.filedAt,
    expiresAt,
    isOpen: true,
    gap: sql`gap_of(${need.id})`,
    searchText: foldForSearch(searchable.join(" ")),
    searchKeys: searchKeys(
      [words.title, ...lines.flatMap((line) => [line.item, line.kindName ?? ""])].map(foldForSearch),
      syllablesOf,
    ),
  });
}

/**
 * Nothing more of a need may be promised. Every pledge that is being made is waited for; those that come
 * after are turned away.
 */
export const closeLines = (tx: Transaction, needId: string) =>
  tx.update(needLines).set({ accepts: false }).where(eq(needLines.needId, needId));

/** The page of a need that is closed, with what its organisation made of what was given. */
export async function publishReport(tx: Transaction, needId: string, report: string): Promise<void> {
  await tx
    .update(publicNeeds)
    .set({ isOpen: false, reportHans: report, reportHant: traditional(report) })
    .where(eq(publicNeeds.needId, needId));

  await publicPagesChanged(tx);
}

/**
 * Closes a need's lines for pledges and takes it off the public table, in the order in which a pledge touches
 * both, and from every kept copy of a page.
 */
export async function unpublish(tx: Transaction, needId: string): Promise<void> {
  await closeLines(tx, needId);
  await tx.delete(publicNeeds).where(eq(publicNeeds.needId, needId));
  await publicPagesChanged(tx);
}
