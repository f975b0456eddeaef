import { type NeedOf, sealText, type Unseal, unsealText } from "~/domain/households/sealedText.server";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";

export type NeedWords = Readonly<{ title: string; story: string; pseudonym?: string | undefined }>;

type LineOf = Readonly<{ id: string }>;

const placeOfWords = (need: Readonly<{ id: string }>) => `need.words:${need.id}`;
const placeOfDetails = (line: LineOf) => `need_line.details:${line.id}`;

export const sealWords = (tx: Transaction, ctx: UseCaseContext, need: NeedOf, words: NeedWords) =>
  sealText(tx, ctx, need, placeOfWords(need), JSON.stringify(words));

/**
 * Title and story as they were filed: for the recipient's town and for operators, who redact them. Undefined
 * once erased.
 */
export async function readWords(
  tx: Transaction,
  ctx: UseCaseContext,
  need: NeedOf & { wordsSealed: string | null },
): Promise<NeedWords | undefined> {
  if (need.wordsSealed === null) return undefined;
  return wordsIn(await unsealText(tx, ctx, need, placeOfWords(need), need.wordsSealed));
}

/** The same where its household was read with it. */
export const wordsWith = (
  unsealed: Unseal,
  need: Readonly<{ id: string; wordsSealed: string | null }>,
): NeedWords | undefined =>
  need.wordsSealed === null ? undefined : wordsIn(unsealed(placeOfWords(need), need.wordsSealed));

const wordsIn = (text: string | undefined) =>
  text === undefined ? undefined : (JSON.parse(text) as NeedWords);

export const sealDetails = (
  tx: Transaction,
  ctx: UseCaseContext,
  need: NeedOf,
  line: LineOf,
  details: string,
) => sealText(tx, ctx, need, placeOfDetails(line), details);

/** Size, colour and the like of one line: for its donor, the town, the store and operators. */
export async function readDetails(
  db: Database | Transaction,
  ctx: UseCaseContext,
  need: NeedOf,
  line: LineOf & { detailsSealed: string | null },
): Promise<string | undefined> {
  return line.detailsSealed === null
    ? undefined
    : unsealText(db, ctx, need, placeOfDetails(line), line.detailsSealed);
}

/** The same where its household was read with its need. */
export const detailsWith = (
  unsealed: Unseal,
  line: LineOf & { detailsSealed: string | null },
): string | undefined =>
  line.detailsSealed === null ? undefined : unsealed(placeOfDetails(line), line.detailsSealed);
