import { Secret, TOTP } from "otpauth";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { keyedHash, keyedHashes, seal, unseal } from "~/domain/kernel/sealing.server";

/** RFC 6238 as every authenticator app knows it. */
const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;
/** A clock that is half a minute off, or a code typed as it changes, is taken. */
const STEPS_AROUND = 1;
const RECOVERY_CODES = 10;
/** Signs that nobody confuses on paper, five bits each: sixteen are 80 bits. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RECOVERY_SIGNS = 16;

const RECOVERY = "recovery_code";

const place = (userId: string): string => `second_factor.secret:${userId}`;

/** A new secret of 160 bits, sealed for its account. */
export const newSecret = (ctx: UseCaseContext, userId: string): string =>
  seal(
    ctx.keys,
    place(userId),
    new Secret({ buffer: Uint8Array.from(ctx.randomBytes(SECRET_BYTES)).buffer }).base32,
  );

const totpOf = (base32: string, label: string): TOTP =>
  new TOTP({ issuer: "Hongxin 红心", label, secret: Secret.fromBase32(base32), period: PERIOD_SECONDS });

/**
 * What the app on the phone is given: an address for its camera, and the same secret in groups of four to
 * type.
 */
export function secretToShow(
  ctx: UseCaseContext,
  { userId, secretSealed }: { userId: string; secretSealed: string },
  label: string,
): { address: string; groups: string } {
  const base32 = unseal(ctx.keys, place(userId), secretSealed);
  return { address: totpOf(base32, label).toString(), groups: base32.replace(/.{4}(?=.)/g, "$& ") };
}

/**
 * The half minute whose code this is, when it is one of now and later than every one that was taken before;
 * undefined for any other.
 */
export function stepOfCode(
  ctx: UseCaseContext,
  {
    userId,
    secretSealed,
    lastUsedStep,
  }: { userId: string; secretSealed: string; lastUsedStep: number | null },
  digits: string,
): number | undefined {
  const nowMs = ctx.now().getTime();
  const delta = totpOf(unseal(ctx.keys, place(userId), secretSealed), userId).validate({
    token: digits,
    timestamp: nowMs,
    window: STEPS_AROUND,
  });
  if (delta === null) return undefined;
  const step = Math.floor(nowMs / (PERIOD_SECONDS * 1_000)) + delta;
  return lastUsedStep !== null && step <= lastUsedStep ? undefined : step;
}

/**
 * What the table keeps of a recovery code: it opens nothing. Of one account alone, so that nobody's code is
 * anybody else's.
 */
export const recoveryHash = (ctx: UseCaseContext, userId: string, code: string): string =>
  keyedHash(ctx.keys, RECOVERY, `${userId} ${code}`);

/** By what a code is found there, whichever key was the newest when it was made. */
export const recoveryHashes = (ctx: UseCaseContext, userId: string, code: string): string[] =>
  keyedHashes(ctx.keys, RECOVERY, `${userId} ${code}`);

/** Ten new recovery codes. */
export const newRecoveryCodes = (ctx: UseCaseContext): string[] =>
  Array.from({ length: RECOVERY_CODES }, () =>
    [...ctx.randomBytes(RECOVERY_SIGNS)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join(""),
  );

/** A recovery code as it is written down: in groups of four. */
export const inGroups = (code: string): string => code.replace(/.{4}(?=.)/g, "$&-");
