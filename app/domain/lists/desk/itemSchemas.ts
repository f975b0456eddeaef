import { z } from "zod";
import { OpenedVersion } from "~/domain/kernel/opened";
import { RequestKey } from "~/domain/kernel/requestKey";
import { codeLike } from "~/domain/kernel/typed/code";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { visible } from "~/domain/kernel/typed/signs";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { say } from "~/i18n/messages";
import { AUDIENCES, LIFE_SITUATIONS } from "~db/schema/factVocabulary";

const MAX_PAPERS = 20;

/** Several of a list of boxes; none ticked is an empty list. */
const many = <T extends z.ZodType>(word: T) =>
  z.preprocess(
    (typed): unknown[] => (typed === undefined ? [] : Array.isArray(typed) ? typed : [typed]),
    z.array(word).max(60, say("common.tooMuch")),
  );

/** One paper a line; empty lines count for nothing. */
const Papers = z
  .string()
  .optional()
  .transform((typed) =>
    visible(typed ?? "")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  )
  .pipe(
    z.array(z.string().max(LENGTHS.paper, say("common.tooLong"))).max(MAX_PAPERS, say("desk.tooManyPapers")),
  );

const WebAddress = optionalText(LENGTHS.url).refine(
  (typed) => typed === undefined || (/^https?:\/\//.test(typed) && URL.canParse(typed)),
  say("desk.urlWrong"),
);

/** What stands in an item, as the form, the import and the use case read it. What is left out is empty. */
export const ItemTexts = z.object({
  name: required(LENGTHS.entryName),
  nameHant: optionalText(LENGTHS.entryName),
  nameEn: optionalText(LENGTHS.entryNameEn),
  category: required(LENGTHS.category),
  targetGroup: required(LENGTHS.targetGroup),
  content: required(LENGTHS.content),
  standard: optionalText(LENGTHS.standard),
  provider: required(LENGTHS.entryProvider),
  situations: many(z.enum(LIFE_SITUATIONS)),
  audiences: many(z.enum(AUDIENCES)),
  townCodes: many(z.string()),
  howToApply: optionalText(LENGTHS.howToApply),
  papers: Papers,
  place: optionalText(LENGTHS.place),
  phone: optionalText(LENGTHS.entryPhone),
  hours: optionalText(LENGTHS.hours),
  url: WebAddress,
});
export type ItemTexts = z.infer<typeof ItemTexts>;

const Owner = z.preprocess((typed) => (typed === "" ? undefined : typed), z.uuid().optional());

export const EditItemInput = ItemTexts.extend({ ownerId: Owner, version: OpenedVersion });
export type EditItemInput = z.infer<typeof EditItemInput>;

export const ItemCode = codeLike((code) => /^[A-Z]{2}\d{3,5}$/.test(code), say("desk.codeWrong"));

export const AddItemInput = z.object({
  requestKey: RequestKey,
  list: z.enum(["government", "social"], { error: say("common.pleaseChoose") }),
  code: ItemCode,
  ...ItemTexts.shape,
  ownerId: Owner,
});
export type AddItemInput = z.infer<typeof AddItemInput>;
