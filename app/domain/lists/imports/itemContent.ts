import { z } from "zod";
import { HsdsParts } from "~/domain/lists/hsds/parts";
import { LISTS } from "~db/schema/directory";
import { AUDIENCES, LIFE_SITUATIONS } from "~db/schema/factVocabulary";

/** A bound above what any item has of one kind. */
const MOST_OF_A_KIND = 5_000;
const many = <Shape extends z.ZodType>(shape: Shape) => z.array(shape).max(MOST_OF_A_KIND);
/** A moment as JSON has it. */
const Moment = z.union([z.date(), z.iso.datetime().transform((written) => new Date(written))]);
const Words = z.string().nullable();

/** What columns of an item say; none is here that an import does not write. */
const Values = z.strictObject({
  list: z.enum(LISTS),
  category: z.string(),
  name: z.string(),
  nameHant: z.string(),
  nameEn: z.string(),
  targetGroup: z.string(),
  content: z.string(),
  standard: Words,
  provider: z.string(),
  situations: many(z.enum(LIFE_SITUATIONS)),
  audiences: many(z.enum(AUDIENCES)),
  townCodes: many(z.string()),
  howToApply: Words,
  papers: many(z.string()),
  place: Words,
  phone: Words,
  hours: Words,
  url: Words,
  checkedAt: Moment.nullable().optional(),
  checkedBy: z.uuid().nullable().optional(),
  hsdsParts: HsdsParts.nullable().optional(),
});

const New = Values.extend({
  code: z.string(),
  state: z.enum(["draft", "published"]),
  hsdsId: z.guid().nullable().optional(),
  inFinder: z.boolean().optional(),
  /** When the source changed it; without that, an item is as new as its writing. */
  updatedAt: Moment.optional(),
});

/**
 * What a file says of one item, ready to be written: a new one, or what it changes of one that stood at this
 * version when the file was checked.
 */
export const ItemContent = z.discriminatedUnion("as", [
  z.strictObject({ as: z.literal("new"), values: New }),
  z.strictObject({
    as: z.literal("changed"),
    code: z.string(),
    version: z.number(),
    values: Values.partial(),
  }),
]);
export type ItemContent = z.infer<typeof ItemContent>;
