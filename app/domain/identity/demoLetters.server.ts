import { and, desc, eq, inArray, or, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { seal, unseal } from "~/domain/kernel/sealing.server";
import { entryCodes } from "~db/schema/entry";
import { appUsers } from "~db/schema/identity";
import { messages } from "~db/schema/journal";
import { ofContact } from "./entryCodes.server";
import { ENTRY_MESSAGE } from "./entryMessages.server";
import { isDemoHouse, type ShownLetter, wordsOfLetter } from "./letters.server";

/**
 * Letters of signing up, and codes, are all that the demo shows to whoever typed their address or number:
 * without them nobody could come in.
 */
const DEMO_BOX = "demo.box";
const SIGN_UP_LETTERS = ["confirmSignUp", "accountKnown"];

/**
 * In the demo, what stands in the address of the box of whoever signed up with this mail address or number:
 * sealed, for an address of a page tells nobody's.
 */
export const demoBoxOf = async (ctx: UseCaseContext, contact: string): Promise<string | undefined> =>
  (await isDemoHouse(ctx)) ? seal(ctx.keys, DEMO_BOX, contact) : undefined;

/** Whose box it is; undefined for what the portal did not seal. */
export function openDemoBox(ctx: UseCaseContext, box: string): string | undefined {
  try {
    return unseal(ctx.keys, DEMO_BOX, box);
  } catch {
    return undefined;
  }
}

/**
 * In the demo, the letters of signing up and the codes that went to a mail address or a number; nothing
 * outside of it.
 */
export async function demoLettersTo(ctx: UseCaseContext, contact: string): Promise<ShownLetter[]> {
  if (!(await isDemoHouse(ctx))) return [];
  const accounts = ctx.db
    .select({ id: appUsers.id })
    .from(appUsers)
    .where(eq(sql`lower(${appUsers.email})`, contact));
  const codes = ctx.db
    .select({ key: sql<string>`${ENTRY_MESSAGE} || ${entryCodes.id}` })
    .from(entryCodes)
    .where(ofContact(ctx, contact));
  const rows = await ctx.db
    .select()
    .from(messages)
    .where(
      or(
        and(inArray(messages.template, SIGN_UP_LETTERS), inArray(messages.userId, accounts)),
        inArray(messages.onceKey, codes),
      ),
    )
    .orderBy(desc(messages.id))
    .limit(5);
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    template: row.template,
    createdAt: row.createdAt,
    data: wordsOfLetter(ctx, row),
  }));
}
