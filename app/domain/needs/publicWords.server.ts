import { eq } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { publicNeeds } from "~db/schema/needs";
import { seenNeed } from "./need.server";
import { staffNeed } from "./staffQueries.server";

/**
 * What the form for publishing a need is filled with, and what it is opened on: the words as they were filed,
 * or those that somebody else published meanwhile.
 * @throws {DomainError} NOT_FOUND for whoever does not see the need
 */
export async function storedPublicWords(ctx: UseCaseContext, needId: string) {
  const { need, words } = await staffNeed(ctx, needId);
  const [shown] = await ctx.db
    .select({ title: publicNeeds.titleHans, story: publicNeeds.storyHans, pseudonym: publicNeeds.pseudonym })
    .from(publicNeeds)
    .where(eq(publicNeeds.needId, needId));
  const { title = "", story = "", pseudonym } = shown ?? words ?? {};
  return { values: { title, story, pseudonym: pseudonym ?? "" }, opened: seenNeed(need) };
}
