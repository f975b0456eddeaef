import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { householdKey } from "~/domain/households/dataKey.server";
import { seal, sealUnder, unseal, unsealUnder } from "~/domain/kernel/sealing.server";

export type Words = Readonly<{ title: string; story: string; pseudonym?: string | undefined }>;

type NeedOf = Readonly<{ id: string; householdId: string | null }>;
type LineOf = Readonly<{ id: string }>;

/**
 * Seals a text about a need under the household's key where there is one, else (an organisation's own need)
 * under the city's.
 */
export async function sealText(
  tx: Transaction,
  ctx: UseCaseContext,
  need: NeedOf,
  place: string,
  text: string,
): Promise<string> {
  if (need.householdId === null) return seal(ctx.keys, place, text);
  const key = await householdKey(tx, ctx, need.householdId);
  if (!key) throw new Error("the household was erased");
  return sealUnder(key, place, text);
}

/** What `sealText` sealed under that place; undefined once the household was erased. */
export async function unsealText(
  tx: Transaction,
  ctx: UseCaseContext,
  need: NeedOf,
  place: string,
  sealed: string,
): Promise<string | undefined> {
  if (need.householdId === null) return unseal(ctx.keys, place, sealed);
  const key = await householdKey(tx, ctx, need.householdId);
  return key && unsealUnder(key, place, sealed);
}

export const sealWords = (tx: Transaction, ctx: UseCaseContext, need: NeedOf, words: Words) =>
  sealText(tx, ctx, need, `need.words:${need.id}`, JSON.stringify(words));

/**
 * Title and story as they were filed: for the recipient's town and for operators, who redact them. Undefined
 * once erased.
 */
export async function readWords(
  tx: Transaction,
  ctx: UseCaseContext,
  need: NeedOf & { wordsSealed: string | null },
): Promise<Words | undefined> {
  if (need.wordsSealed === null) return undefined;
  const text = await unsealText(tx, ctx, need, `need.words:${need.id}`, need.wordsSealed);
  return text === undefined ? undefined : (JSON.parse(text) as Words);
}

export const sealDetails = (
  tx: Transaction,
  ctx: UseCaseContext,
  need: NeedOf,
  line: LineOf,
  details: string,
) => sealText(tx, ctx, need, `need_line.details:${line.id}`, details);

/** Size, colour and the like of one line: for its donor, the town, the store and operators. */
export async function readDetails(
  tx: Transaction,
  ctx: UseCaseContext,
  need: NeedOf,
  line: LineOf & { detailsSealed: string | null },
): Promise<string | undefined> {
  return line.detailsSealed === null
    ? undefined
    : unsealText(tx, ctx, need, `need_line.details:${line.id}`, line.detailsSealed);
}
