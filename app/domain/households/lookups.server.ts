import { and, eq, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { keyedHash } from "~/domain/kernel/sealing.server";
import { saysNone } from "~/domain/kernel/typed/none";
import { comparableName } from "~/domain/kernel/typed/personName.server";
import { canonicalPhone } from "~/domain/kernel/typed/phone";
import { folded } from "~/domain/kernel/typed/signs";
import { households } from "~db/schema/households";
import type { PersonalData } from "./schemas";

/** Rises whenever what makes two people one changes below: rows hashed by an older rule are hashed anew (`renewLookups`). */
export const LOOKUP_RULE = 2;

type Lookups = Readonly<{ nameHash: string; phoneHash: string | null; idHash: string | null }>;

/**
 * Keyed hashes by which the same person is found again without reading any name: of the name in its town as names compare (陳國華 is 陈国华), of
 * the phone as it is dialled, of the ID number. What says that there is none (无, 不详, `-`) and what is no number is nobody's: an empty
 * name's hash is "", the others null.
 */
export function lookupHashes(ctx: UseCaseContext, townCode: string, person: Pick<PersonalData, "name" | "phone" | "idNumber">): Lookups & Readonly<{ lookupRule: number }> {
  const name = saysNone(person.name) ? "" : comparableName(person.name);
  const phone = canonicalPhone(person.phone);
  const idNumber = comparableId(person.idNumber ?? "");
  return {
    nameHash: name === "" ? "" : keyedHash(ctx.keys, "household.name", `${townCode} ${name}`),
    phoneHash: phone === undefined ? null : keyedHash(ctx.keys, "household.phone", phone),
    idHash: idNumber === "" ? null : keyedHash(ctx.keys, "household.id", idNumber),
    lookupRule: LOOKUP_RULE,
  };
}

const comparableId = (typed: string): string =>
  folded(typed)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "");

const sameId = ({ idHash }: Lookups): SQL | undefined => (idHash === null ? undefined : eq(households.idHash, idHash));
const sameName = ({ nameHash }: Lookups): SQL | undefined => (nameHash === "" ? undefined : eq(households.nameHash, nameHash));
const samePhone = ({ phoneHash }: Lookups): SQL | undefined => (phoneHash === null ? undefined : eq(households.phoneHash, phoneHash));

/** Two different ID numbers are two people, whatever else they share; an ID number that is not known may be anybody's. */
const notAnother = ({ idHash }: Lookups): SQL | undefined => (idHash === null ? undefined : or(isNull(households.idHash), eq(households.idHash, idHash)));

const anyOf = (...ways: readonly (SQL | undefined)[]): SQL => or(...ways) ?? sql`false`;

/** Records of one person, as far as money counts: the same ID number, or the same name in the same town unless both ID numbers are known and differ. */
export const samePersonAs = (person: Lookups): SQL | undefined => and(anyOf(sameId(person), sameName(person)), notAnother(person));

/** Records that may be of one person: the same phone counts too. */
export const maybeSamePersonAs = (person: Lookups): SQL | undefined => and(anyOf(sameId(person), sameName(person), samePhone(person)), notAnother(person));

/** Records that have this name or this phone in their town. */
export const namedOrCalled = (person: Lookups): SQL => anyOf(sameName(person), samePhone(person));

/** Rows that were hashed by an older rule than this one. */
export const hashedBefore = (): SQL | undefined => and(lt(households.lookupRule, LOOKUP_RULE), isNull(households.erasedAt));
