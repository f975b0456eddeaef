import { and, gt, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { OUT_STATES } from "~/domain/delivery/states";
import { hashKeyOf } from "~/domain/kernel/hashKeys.server";
import { ANSWER_DAYS } from "~/domain/retention/terms.server";
import { deliveries } from "~db/schema/delivery";
import { accountPhones, entryCodes } from "~db/schema/entry";
import { households } from "~db/schema/households";
import { invitations, oneTimeLinks } from "~db/schema/identity";
import { requestKeys } from "~db/schema/kernel";
import { needs } from "~db/schema/needs";
import { finderHandovers } from "~db/schema/screening";
import { recoveryCodes, signInSteps } from "~db/schema/secondStep";

/** Keyed hashes of one kind, which are made together and found together. */
export type Hashed = Readonly<{
  columns: readonly [PgColumn, ...PgColumn[]];
  /** What is found by them, for whoever replaces the key. */
  what: string;
  /** By which key they were made. */
  keyOf: SQL<string>;
  /** The rows that somebody may still look for; all others keep what they have and miss nothing. */
  wanted: (now: Date) => SQL | undefined;
  /** What becomes of them under an older key. */
  way:
    /** Hashed anew from what is sealed beside them. */
    | "anew"
    /** Over by themselves, so many days after the moment of a column: until then the key stays. */
    | Readonly<{ endsWith: PgColumn; days: number }>
    /**
     * Whoever holds the value is the only one who has it: they end with the key, and this is what that means.
     */
    | Readonly<{ then: string }>;
}>;

const hashed = (
  columns: Hashed["columns"],
  what: string,
  way: Hashed["way"],
  wanted: Hashed["wanted"],
): Hashed => ({ columns, what, way, wanted, keyOf: hashKeyOf(columns[0]) });

/** Every kind of keyed hash but counted tries (`rehash`). */
export const HASHED: readonly Hashed[] = [
  {
    ...hashed([households.nameHash, households.phoneHash, households.idHash], "households", "anew", () =>
      isNull(households.erasedAt),
    ),
    keyOf: sql<string>`${households.hashKey}`,
  },
  hashed([invitations.mailHash], "addresses of open invitations", "anew", () => isNull(invitations.closedAt)),
  hashed([accountPhones.phoneHash], "numbers that accounts come in by", "anew", () => undefined),
  hashed(
    [entryCodes.tokenHash, entryCodes.codeHash, entryCodes.contactHash],
    "codes to come in by",
    { endsWith: entryCodes.expiresAt, days: 0 },
    (now) => and(isNull(entryCodes.closedAt), gt(entryCodes.expiresAt, now)),
  ),
  hashed(
    [signInSteps.tokenHash],
    "sign-ins that wait for the second step",
    { endsWith: signInSteps.expiresAt, days: 0 },
    (now) => and(isNull(signInSteps.closedAt), gt(signInSteps.expiresAt, now)),
  ),
  hashed(
    [oneTimeLinks.tokenHash],
    "links for a new account, password or address",
    { endsWith: oneTimeLinks.expiresAt, days: 0 },
    (now) => and(isNull(oneTimeLinks.closedAt), gt(oneTimeLinks.expiresAt, now)),
  ),
  hashed(
    [invitations.tokenHash],
    "links of invitations",
    { endsWith: invitations.expiresAt, days: 0 },
    (now) => and(isNull(invitations.closedAt), gt(invitations.expiresAt, now)),
  ),
  hashed(
    [finderHandovers.codeHash],
    "answers of the finder that were handed over",
    { endsWith: finderHandovers.expiresAt, days: 0 },
    (now) => gt(finderHandovers.expiresAt, now),
  ),
  hashed(
    [requestKeys.inputHash],
    "answers to requests",
    { endsWith: requestKeys.createdAt, days: ANSWER_DAYS },
    () => undefined,
  ),
  hashed(
    [recoveryCodes.codeHash],
    "recovery codes",
    {
      then: "they open nothing any more, and their owners' pages count them no longer: tell them to make new ones there",
    },
    () => isNull(recoveryCodes.usedAt),
  ),
  hashed(
    [deliveries.secretHash, deliveries.digitsHash],
    "slips of parcels that are on their way",
    { then: "they prove no handover any more: print them anew, or hand over before two witnesses" },
    () => and(isNotNull(deliveries.secretHash), inArray(deliveries.state, ["packed", ...OUT_STATES])),
  ),
  hashed(
    [needs.importKey, needs.importContent],
    "wishes that came in a file",
    {
      then: "their file, imported once more after that, brings them a second time; imported once more before, it brings nothing and is known by the new key",
    },
    () => isNotNull(needs.importKey),
  ),
];
