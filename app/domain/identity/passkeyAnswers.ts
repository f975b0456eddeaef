import { z } from "zod";
import { say } from "~/i18n/messages";
import { PASSKEY_TRANSPORTS, type PasskeyTransport } from "~db/schema/secondStep";

/**
 * The most signs of what a browser answers for a passkey: a key of RSA with a long name of its credential
 * needs some 4,000.
 */
const MOST_SIGNS = 12_000;
/** A credential is named by 1,023 bytes at most. */
const MOST_ID_SIGNS = 1_364;
const MOST_TRANSPORTS = 16;

const base64url = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/);

const Credential = {
  id: base64url(MOST_ID_SIGNS),
  rawId: base64url(MOST_ID_SIGNS),
  type: z.literal("public-key"),
} as const;

const isTransport = (named: string): named is PasskeyTransport =>
  PASSKEY_TRANSPORTS.some((known) => known === named);

const New = z
  .object({
    ...Credential,
    response: z.object({
      clientDataJSON: base64url(MOST_SIGNS),
      attestationObject: base64url(MOST_SIGNS),
      transports: z.array(z.string().max(40)).max(MOST_TRANSPORTS).default([]),
    }),
  })
  // What a browser of tomorrow names and nobody knows yet is left out.
  .transform(({ response, ...rest }) => ({
    ...rest,
    response: { ...response, transports: [...new Set(response.transports.filter(isTransport))] },
  }));

const Shown = z.object({
  ...Credential,
  response: z.object({
    clientDataJSON: base64url(MOST_SIGNS),
    authenticatorData: base64url(MOST_SIGNS),
    signature: base64url(MOST_SIGNS),
  }),
});

/** What a browser answered as a passkey was made, in shape alone: nothing of it is true yet. */
export type NewPasskey = z.output<typeof New>;
/** What a browser answered as a passkey was shown, in shape alone: nothing of it is true yet. */
export type ShownPasskey = z.output<typeof Shown>;

/** A field that a page's script fills with JSON. Whatever is in it is read or refused in words. */
const answerField = <S extends z.ZodType>(schema: S) =>
  z
    .string({ error: say("account.passkeyUnread") })
    .max(MOST_SIGNS, say("account.passkeyUnread"))
    .transform((typed, issues): z.output<S> => {
      const read = schema.safeParse(parsed(typed));
      if (read.success) return read.data;
      issues.addIssue({ code: "custom", message: say("account.passkeyUnread") });
      return z.NEVER;
    });

function parsed(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    return undefined;
  }
}

export const NewPasskeyField = answerField(New);
export const ShownPasskeyField = answerField(Shown);
