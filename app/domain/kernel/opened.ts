import { z } from "zod";
import { DomainError } from "./errors";

const Token = z.string().max(200).brand<"opened">();

/**
 * What a form was opened on: the versions of everything that it shows, as one text. Only `openedOn` and a
 * form's hidden field make one.
 */
export type Opened = z.infer<typeof Token>;

/** Between the versions and what the page was filled with, in a form's hidden field. */
export const FILLED_WITH = "~";

/**
 * The hidden field of an edit form. One that is missing or broken was opened on nothing, so that saving it
 * shows what stands there now.
 */
export const OpenedVersion = z
  .string()
  .optional()
  .catch(undefined)
  .transform((typed) => Token.safeParse(typed?.split(FILLED_WITH)[0]).data ?? Token.parse(""));

/** The token of these versions. Name each row whose change the form would write over. */
export const openedOn = (...versions: readonly (number | string)[]): Opened =>
  Token.parse(versions.join("."));

/**
 * Refuses to save over what somebody else saved since the form was opened. Call it in the transaction that
 * saves, after the rows are locked, with the same versions as the page was opened on.
 * @throws {DomainError} CHANGED_MEANWHILE
 */
export function requireUnchanged(opened: Opened, ...versions: readonly (number | string)[]): void {
  if (opened !== openedOn(...versions)) throw new DomainError("CHANGED_MEANWHILE");
}
