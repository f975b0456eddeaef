import { data } from "@remix-run/node";
import { type Contact, hintOf } from "~/domain/identity/contact";
import { demoBoxOf } from "~/domain/identity/demoLetters.server";
import {
  askEntryCode,
  ENTRY_CODE_MINUTES,
  entryCodeWaits,
  passEntryCode,
} from "~/domain/identity/entryCodes.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { boundCookie } from "./boundCookie.server";
import type { RouteArgs } from "./context.server";
import { openKept } from "./keptForm.server";

const cookie = boundCookie("code");

/** To where a code went, for the page of the browser that asked; `box` leads to the demo's own desk. */
export type SentCode = Readonly<{
  kind: Contact["kind"];
  address: string;
  hint: string;
  minutes: number;
  box: string | undefined;
}>;

const sentTo = async (ctx: UseCaseContext, contact: Contact): Promise<SentCode> => ({
  kind: contact.kind,
  address: contact.address,
  hint: hintOf(contact),
  minutes: ENTRY_CODE_MINUTES,
  box: await demoBoxOf(ctx, contact.address),
});

/**
 * Sends a code, and binds it to this browser: the page that asks for it is shown next, with whatever goes
 * along. @throws {DomainError} TEXTS_OFF, NUMBER_NOT_REACHED, TOO_MANY_REQUESTS, TEXTS_USED_UP, CODE_NOT_SENT
 */
export async function askCode<Along extends object>(
  args: RouteArgs,
  ctx: UseCaseContext,
  contact: Contact,
  along: Along,
) {
  const { token } = await askEntryCode(ctx, contact, { clientAddress: args.context.clientAddress });
  return data(
    { sent: await sentTo(ctx, contact), along },
    { headers: { "Set-Cookie": cookie.set(args, token, ENTRY_CODE_MINUTES * 60) } },
  );
}

/** To where the code of this browser went that still waits. */
export async function codeWaits(args: RouteArgs, ctx: UseCaseContext): Promise<SentCode | undefined> {
  const contact = await entryCodeWaits(ctx, cookie.read(args));
  return contact && sentTo(ctx, contact);
}

/**
 * Passes the code of this browser. @returns whose account it is @throws {DomainError} ENTRY_CODE_WRONG,
 * ENTRY_CODE_ENDED, TOO_MANY_REQUESTS, PASSWORD_NEEDED, KEPT_FOR_ANOTHER
 */
export const passCode = (
  args: RouteArgs,
  ctx: UseCaseContext,
  code: string,
  { kept, drop }: { kept?: string | undefined; drop?: string | undefined } = {},
): Promise<{ userId: string }> =>
  passEntryCode(ctx, cookie.read(args), code, {
    clientAddress: args.context.clientAddress,
    onlyFor: kept === undefined || drop !== undefined ? undefined : openKept(ctx, kept)?.owner,
  });
