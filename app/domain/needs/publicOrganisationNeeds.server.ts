import { desc, eq } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { needs, publicNeeds } from "~db/schema/needs";
import { CARD, withLines } from "./queries.server";

/** What an organisation asked for in public, the newest first, at most so many. */
export async function publicNeedsOfOrganisation(
  ctx: Pick<UseCaseContext, "db" | "now">,
  organisationId: string,
  most: number,
) {
  const rows = await ctx.db
    .select(CARD)
    .from(needs)
    .innerJoin(publicNeeds, eq(publicNeeds.needId, needs.id))
    .where(eq(needs.organisationId, organisationId))
    .orderBy(desc(needs.id))
    .limit(most);
  return withLines(ctx, rows);
}
