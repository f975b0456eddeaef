import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { messages } from "~db/schema/journal";
import type { Contact } from "./contact";
import { isDemoHouse, sealedLink } from "./letters.server";

/** What stands before the id of an entry code in the key of its message. */
export const ENTRY_MESSAGE = "entryCode:";

/** Whether a code can go to phones at all: through the city's gateway, or onto the demo's own desk. */
export const textsReach = async (ctx: UseCaseContext): Promise<boolean> =>
  ctx.ports.texts.canSend || (await isDemoHouse(ctx));

/**
 * A code goes where it can arrive: to any mail address, to a phone where there is a gateway, and there to the
 * numbers that it is set up for. @throws {DomainError} TEXTS_OFF, NUMBER_NOT_REACHED
 */
export async function requireReached(ctx: UseCaseContext, { kind, address }: Contact): Promise<void> {
  if (kind === "mail") return;
  if (!(await textsReach(ctx))) throw new DomainError("TEXTS_OFF", {}, "contact");
  if (!ctx.ports.texts.reaches(address)) throw new DomainError("NUMBER_NOT_REACHED", {}, "contact");
}

/**
 * Sends a code at once, for somebody waits for it; whoever gets none asks for another. Only the demo, where
 * nothing leaves the house, keeps it, to show it.
 * @throws {DomainError} CODE_NOT_SENT
 */
export async function sendEntryCode(
  ctx: UseCaseContext,
  { kind, address }: Contact,
  { id, code, minutes }: { id: string; code: string; minutes: number },
): Promise<void> {
  const [locale, template] = [ctx.locale, "entryCode" as const];
  if (await isDemoHouse(ctx)) await keepToShow(ctx, kind, { id, code, minutes });

  try {
    if (kind === "mail")
      await ctx.ports.mail.send({ to: address, locale, template, data: { code, minutes } });
    else if (ctx.ports.texts.canSend)
      await ctx.ports.texts.send({ phone: address, locale, template, data: { code, minutes } });
  } catch (error) {
    ctx.ports.faults.rowsFailed("entryCodes", [{ id, error }]);
    throw new DomainError("CODE_NOT_SENT");
  }
}

async function keepToShow(
  ctx: UseCaseContext,
  kind: Contact["kind"],
  { id, code, minutes }: { id: string; code: string; minutes: number },
): Promise<void> {
  const messageId = ctx.newId();

  await ctx.db.insert(messages).values({
    id: messageId,
    onceKey: ENTRY_MESSAGE + id,
    channel: kind === "phone" ? "text" : "mail",
    template: "entryCode",
    locale: ctx.locale,
    data: { minutes },
    linkSealed: sealedLink(ctx, messageId, code),
    createdAt: ctx.now(),
    sentAt: ctx.now(),
  });
}
