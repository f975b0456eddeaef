import { z } from "zod";
import { SCOPE_KINDS } from "~db/schema/identity";

/*
 * What the data of an event is made of: ids, codes, words of a list, numbers, days and moments. A name, an
 * address or a sentence fits none of them, so that no personal datum comes into the journal.
 */

/** Of a row of ours. */
export const IdDatum = z.guid();

/** A code that people read to each other, or one of ours: a wish's, a lot's label, an entry's. */
export const CodeDatum = z.string().regex(/^[\w.:-]{1,64}$/);

/** Names of fields, joined by a comma or a space. */
export const FieldsDatum = z
  .string()
  .regex(/^(\w+([, ]\w+)*)?$/)
  .max(2_000);

/** How many: of units, tries, people, findings. */
export const CountDatum = z.number().int().min(0);

/** An amount of fen, which may be owed. */
export const FenDatum = z.number().int();

/** A calendar day, `2026-05-01`. */
export const DayDatum = z.iso.date();

/** A moment, as `toISOString` writes it. */
export const MomentDatum = z.iso.datetime();

/** Where a role holds: `city`, or a kind of place with its code. */
export const ScopeDatum = z.string().regex(new RegExp(`^(city|(${SCOPE_KINDS.join("|")}):[\\w-]{1,64})$`));

/** A text in the words of somebody outside: only with the reason why it is no personal datum. */
export const outsideDatum = (why: string) => z.string().min(1).max(200).describe(why);
