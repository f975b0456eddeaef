import { z } from "zod";
import { optionalText } from "~/domain/households/schemas";
import { required, RequestKey } from "~/domain/needs/schemas";
import { OpenedVersion } from "~/domain/kernel/opened";
import { say } from "~/i18n/messages";
import { AUDIENCES, LIFE_SITUATIONS } from "~db/schema/factWords";

const MAX_PAPERS = 20;

/** Several of a list of boxes; none ticked is an empty list. */
const many = <T extends z.ZodType>(word: T) =>
  z.preprocess((typed) => (typed === undefined ? [] : Array.isArray(typed) ? typed : [typed]), z.array(word).max(60, say("common.tooMuch")));

/** One paper a line; empty lines count for nothing. */
const Papers = z
  .string()
  .optional()
  .transform((typed) =>
    (typed ?? "")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  )
  .pipe(z.array(z.string().max(80, say("common.tooLong"))).max(MAX_PAPERS, say("desk.tooManyPapers")));

const WebAddress = optionalText(300).refine((typed) => typed === undefined || (/^https?:\/\//.test(typed) && URL.canParse(typed)), say("desk.urlWrong"));

/** What stands in an entry, as the form, the import and the use case read it. What is left out is empty. */
export const ItemTexts = z.object({
  category: required(80),
  name: required(80),
  nameHant: optionalText(80),
  nameEn: optionalText(160),
  targetGroup: required(600),
  content: required(1200),
  standard: optionalText(600),
  provider: required(120),
  situations: many(z.enum(LIFE_SITUATIONS)),
  audiences: many(z.enum(AUDIENCES)),
  townCodes: many(z.string()),
  howToApply: optionalText(1200),
  papers: Papers,
  place: optionalText(200),
  phone: optionalText(60),
  hours: optionalText(120),
  url: WebAddress,
});
export type ItemTexts = z.infer<typeof ItemTexts>;

const Owner = z.preprocess((typed) => (typed === "" ? undefined : typed), z.uuid().optional());

export const EditItemInput = ItemTexts.extend({ ownerId: Owner, version: OpenedVersion });
export type EditItemInput = z.infer<typeof EditItemInput>;

export const ItemCode = z
  .string({ error: say("common.pleaseFill") })
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}\d{3,5}$/, say("desk.codeWrong"));

export const AddItemInput = ItemTexts.extend({
  ownerId: Owner,
  code: ItemCode,
  list: z.enum(["government", "social"], { error: say("common.pleaseChoose") }),
  requestKey: RequestKey,
});
export type AddItemInput = z.infer<typeof AddItemInput>;
