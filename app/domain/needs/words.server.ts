import { type NeedOf, sealText, unsealText } from "~/domain/households/sealedText.server";
import type { Database, Transaction, UseCaseContext } from "~/domain/kernel/context.server";

export type NeedWords = Readonly<{ title: string; story: string; pseudonym?: string | undefined }>;

type LineOf = Readonly<{ id: string }>;

export const sealWords = (tx: Transaction, ctx: UseCaseContext, need: NeedOf, words: NeedWords) =>
  sealText(tx, ctx, need, `need.words:${need.id}`, JSON.stringify(words));

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
  const text = await unsealText(tx, ctx, need, `need.words:${need.id}`, need.wordsSealed);
  return text === undefined ? undefined : (JSON.parse(text) as NeedWords);
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
  db: Database | Transaction,
  ctx: UseCaseContext,
  need: NeedOf,
  line: LineOf & { detailsSealed: string | null },
): Promise<string | undefined> {
  return line.detailsSealed === null
    ? undefined
    : unsealText(db, ctx, need, `need_line.details:${line.id}`, line.detailsSealed);
}
