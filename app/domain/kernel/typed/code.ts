import { z } from "zod";
import { isCode } from "~/domain/kernel/codes";
import { isCreditCode } from "~/domain/kernel/creditCode";
import { type MessageKey, say } from "~/i18n/messages";
import { folded } from "./signs";

/**
 * A code without what people put between its signs: half width, capitals, no blanks and no hyphens of any
 * make.
 */
export const plainCode = (typed: string): string =>
  folded(typed)
    .toUpperCase()
    .replace(/[\s\p{Pd}−_·.]/gu, "");

/**
 * A public code of the portal (`W7K2QMX3C5`, or of the first years `W7K2QMX3`), read kindly: any width and
 * case, blanks, hyphens and invisible signs within, O for 0, I and L for 1. Undefined when its check
 * character is wrong.
 */
export function readCode(typed: string): string | undefined {
  const code = plainCode(typed)
    .replace(/O/g, "0")
    .replace(/[IL]/g, (letter, at: number) => (at === 0 ? letter : "1"));
  return isCode(code) ? code : undefined;
}

/**
 * The code in what was typed or scanned: a code as above, or an address that has one as a part of its path or
 * of its question.
 */
export const codeIn = (typed: string): string | undefined =>
  readCode(typed) ??
  typed
    .split(/[/?#&=\s]+/)
    .map(readCode)
    .find((code) => code !== undefined);

/**
 * A code of a form, folded before it is compared with its pattern. Errors: `common.pleaseFill` for nothing,
 * else `wrong`.
 */
export const codeLike = (fits: (code: string) => boolean, wrong: MessageKey) =>
  z.string({ error: say("common.pleaseFill") }).transform((typed, issues) => {
    const code = plainCode(typed);
    if (code !== "" && fits(code)) return code;
    issues.addIssue({ code: "custom", message: code === "" ? say("common.pleaseFill") : wrong });
    return z.NEVER;
  });

/** A unified social credit code with its check sign right. */
export const creditCode = (wrong: MessageKey) => codeLike(isCreditCode, wrong);

/** Mainland ID number: 17 digits and a check character by ISO 7064 MOD 11-2 (GB 11643). */
export function isIdNumber(code: string): boolean {
  if (!/^\d{17}[\dX]$/.test(code)) return false;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce(
    (total, weight, index) => total + weight * Number.parseInt(code.charAt(index), 10),
    0,
  );
  return "10X98765432"[sum % 11] === code[17];
}
