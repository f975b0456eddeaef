import { z } from "zod";
import { plainCode } from "~/domain/kernel/typed/code";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { say } from "~/i18n/messages";
import type { ShownPasskey } from "./passkeyAnswers";

const DIGITS = /^\d{6}$/;
const RECOVERY = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** What was typed for a second step: the six digits of the app, or one of the recovery codes. */
export type StepCode = Readonly<{ kind: "digits" | "recovery"; code: string }>;

/** What somebody shows for their second step: a code, or a passkey. */
export type StepProof = StepCode | Readonly<{ kind: "passkey"; answer: ShownPasskey }>;

/**
 * Reads a code kindly: any width and case, blanks and hyphens within, O for 0, I and L for 1. Undefined for
 * what is neither kind.
 */
export function readStepCode(typed: string): StepCode | undefined {
  const plain = plainCode(typed);
  if (DIGITS.test(plain)) return { kind: "digits", code: plain };
  const code = plain.replace(/O/g, "0").replace(/[IL]/g, "1");
  return RECOVERY.test(code) ? { kind: "recovery", code } : undefined;
}

/**
 * The code of a form. Errors: `common.pleaseFill` for nothing, `account.stepCodeShape` for what is neither
 * kind of code.
 */
export const StepCodeField = z
  .string({ error: say("common.pleaseFill") })
  .max(LENGTHS.stepCode, say("common.tooLong"))
  .transform((typed, issues) => {
    const code = readStepCode(typed);
    if (code) return code;
    issues.addIssue({
      code: "custom",
      message: plainCode(typed) === "" ? say("common.pleaseFill") : say("account.stepCodeShape"),
    });

    return z.NEVER;
  });
