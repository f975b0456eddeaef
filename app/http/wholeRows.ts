import type * as books from "~db/schema/books";
import type * as corrections from "~db/schema/corrections";
import type * as delivery from "~db/schema/delivery";
import type * as giving from "~db/schema/giving";
import type * as households from "~db/schema/households";
import type * as identity from "~db/schema/identity";
import type * as journal from "~db/schema/journal";
import type * as matching from "~db/schema/matching";
import type * as needs from "~db/schema/needs";
import type * as payments from "~db/schema/payments";
import type * as referrals from "~db/schema/referrals";
import type * as requests from "~db/schema/requests";
import type * as screening from "~db/schema/screening";
import type * as secondStep from "~db/schema/secondStep";
import type * as trail from "~db/schema/trail";

type Schema = typeof books &
  typeof corrections &
  typeof delivery &
  typeof giving &
  typeof households &
  typeof identity &
  typeof journal &
  typeof matching &
  typeof needs &
  typeof payments &
  typeof referrals &
  typeof requests &
  typeof screening &
  typeof secondStep &
  typeof trail;

/**
 * The columns of each table whose rows are about people, or what they do; those of the lists and of the
 * city's places are public.
 */
type Columns = {
  [
    Name in keyof Schema as Schema[Name] extends { $inferSelect: object } ? Name : never
  ]: Schema[Name] extends { $inferSelect: infer Row } ? keyof Row : never;
};

/** A record of whatever names (messages, errors) is no row, though it could hold any column. */
type WholeRow<T> = string extends keyof T
  ? never
  : { [Name in keyof Columns]: Columns[Name] extends keyof T ? Name : never }[keyof Columns];

type Plain =
  | string
  | number
  | bigint
  | boolean
  | symbol
  | null
  | undefined
  | Date
  | Response
  | ((...of: never) => unknown);

/**
 * The tables of which something that is sent to a browser holds a whole row, however deep; `never` where each
 * names the columns that it shows.
 */
export type WholeRowsIn<T, Depth extends readonly unknown[] = []> = Depth["length"] extends 7
  ? never
  : T extends Plain
    ? never
    : T extends readonly (infer Each)[]
      ? WholeRowsIn<Each, [...Depth, unknown]>
      : T extends object
        ? WholeRow<T> | { [Key in keyof T]-?: WholeRowsIn<T[Key], [...Depth, unknown]> }[keyof T]
        : never;

/**
 * What a page is sent; where it holds whole rows, nothing that a page could show but the names of their
 * tables.
 */
export type NamesItsColumns<T> = [WholeRowsIn<T>] extends [never]
  ? T
  : Readonly<{ wholeRowsOf: WholeRowsIn<T> }>;

/**
 * What else a loader would have to say, and cannot, where it hands on whole rows; nothing where it names its
 * columns.
 */
export type NoWholeRows<T> = [WholeRowsIn<T>] extends [never] ? [] : [wholeRowsOf: WholeRowsIn<T>];
