import { and, gt, inArray, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { keyedHash, type Keyring, newestHashKey, underEachHashKey } from "~/domain/kernel/sealing.server";
import { saysNone } from "~/domain/kernel/typed/none";
import { comparableName } from "~/domain/kernel/typed/personName.server";
import { canonicalPhone } from "~/domain/kernel/typed/phone";
import { folded } from "~/domain/kernel/typed/signs";
import { households } from "~db/schema/households";
import type { PersonalData } from "./schemas";

/**
 * Rises whenever what makes two people one changes below: rows hashed by an older rule are hashed anew
 * (`renewLookups`).
 */
export const LOOKUP_RULE = 2;

type Kept = Readonly<{ nameHash: string; phoneHash: string | null; idHash: string | null }>;
type Person = Pick<PersonalData, "name" | "phone" | "idNumber">;

/**
 * By what somebody is found: the hashes of their name, phone and ID number under each key that stands; none
 * of what they have not.
 */
export type Lookups = Readonly<{
  names: readonly string[];
  phones: readonly string[];
  ids: readonly string[];
}>;

/**
 * Keyed hashes by which the same person is found again without reading any name: of the name in its town as
 * names compare (陳國華 is 陈国华), of the phone as it is dialled, of the ID number. What says that there is
 * none (无, 不详, `-`) and what is no number is nobody's: an empty name's hash is "", the others null.
 */
export function lookupHashes(
  ctx: UseCaseContext,
  townCode: string,
  person: Person,
): Kept & Readonly<{ lookupRule: number; hashKey: string }> {
  return {
    ...hashesUnder(ctx.keys, townCode, person),
    lookupRule: LOOKUP_RULE,
    hashKey: newestHashKey(ctx.keys),
  };
}

/** The same to search by: a record is found whichever key was the newest when it was written. */
export const lookupsOf = (ctx: UseCaseContext, townCode: string, person: Person): Lookups =>
  together(underEachHashKey(ctx.keys).map((keys) => hashesUnder(keys, townCode, person)));

/** By what is kept of a record itself. */
export const keptLookups = (kept: Kept): Lookups => together([kept]);

const together = (some: readonly Kept[]): Lookups => ({
  names: some.flatMap(({ nameHash }) => (nameHash === "" ? [] : [nameHash])),
  phones: some.flatMap(({ phoneHash }) => phoneHash ?? []),
  ids: some.flatMap(({ idHash }) => idHash ?? []),
});

function hashesUnder(keys: Keyring, townCode: string, person: Person): Kept {
  const name = saysNone(person.name) ? "" : comparableName(person.name);
  const phone = canonicalPhone(person.phone);
  const idNumber = comparableId(person.idNumber ?? "");
  return {
    nameHash: name === "" ? "" : keyedHash(keys, "household.name", `${townCode} ${name}`),
    phoneHash: phone === undefined ? null : keyedHash(keys, "household.phone", phone),
    idHash: idNumber === "" ? null : keyedHash(keys, "household.id", idNumber),
  };
}

const comparableId = (typed: string): string =>
  folded(typed)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "");

/** The same ID number. */
export const sameId = ({ ids }: Lookups): SQL => inArray(households.idHash, [...ids]);
const sameName = ({ names }: Lookups): SQL => inArray(households.nameHash, [...names]);
/** The same phone. */
export const samePhone = ({ phones }: Lookups): SQL => inArray(households.phoneHash, [...phones]);

/**
 * Two different ID numbers are two people, whatever else they share; an ID number that is not known may be
 * anybody's.
 */
const notAnother = (person: Lookups): SQL | undefined =>
  person.ids.length === 0 ? undefined : or(isNull(households.idHash), sameId(person));

const anyOf = (...ways: readonly SQL[]): SQL => or(...ways) ?? sql`false`;

/**
 * Records of one person, as far as money counts: the same ID number, or the same name in the same town unless
 * both ID numbers are known and differ.
 */
export const samePersonAs = (person: Lookups): SQL | undefined =>
  and(anyOf(sameId(person), sameName(person)), notAnother(person));

/** Records that may be of one person: the same phone counts too. */
export const maybeSamePersonAs = (person: Lookups): SQL | undefined =>
  and(anyOf(sameId(person), sameName(person), samePhone(person)), notAnother(person));

/** Records that have this name or this phone in their town. */
export const namedOrCalled = (person: Lookups): SQL => anyOf(sameName(person), samePhone(person));

/**
 * Rows that were hashed by an older rule than this one, or under another key than the newest and can be read.
 */
export const hashedBefore = ({ keys }: UseCaseContext): SQL | undefined => {
  const newest = newestHashKey(keys);
  // Both sides of the newest, which an index answers; "another one" it does not.
  const underAnother = or(lt(households.hashKey, newest), gt(households.hashKey, newest));
  const readable = and(isNotNull(households.dataKeyWrapped), isNotNull(households.contactSealed));
  return and(
    or(lt(households.lookupRule, LOOKUP_RULE), and(underAnother, readable)),
    isNull(households.erasedAt),
  );
};
