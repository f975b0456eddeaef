import { z } from "zod";
import type { Fen } from "~/domain/kernel/money";
import { say } from "~/i18n/messages";
import { readYuan } from "./readYuan";
import { folded } from "./signs";

// The reader stands apart, so that a page that reads in the browser does not carry the schemas.
export { readYuan };

/** A hundred million yuan: no amount of this portal comes near, a slip of the finger does. */
const MOST_FEN = 10_000_000_000n;

/**
 * An amount typed in yuan and kept in fen, from `leastFen` to `mostFen` (a hundred million yuan). Errors:
 * `common.pleaseFill` for nothing, `common.amountWrong` for what is no amount, `common.amountAboveZero` for
 * zero where it cannot be true, `common.tooMuch`.
 */
export const yuan = ({ leastFen, mostFen = MOST_FEN }: Readonly<{ leastFen: 0n | 1n; mostFen?: Fen }>) =>
  z.string({ error: say("common.pleaseFill") }).transform((typed, issues) => {
    const amountFen = readYuan(typed);
    if (amountFen !== undefined && amountFen >= leastFen && amountFen <= mostFen) return amountFen;
    const unread = folded(typed) === "" ? say("common.pleaseFill") : say("common.amountWrong");
    const message =
      amountFen === undefined
        ? unread
        : amountFen > mostFen
          ? say("common.tooMuch")
          : say("common.amountAboveZero");
    issues.addIssue({ code: "custom", message });
    return z.NEVER;
  });

/** A price, a value, a gift: above zero. */
export const YuanAmount = yuan({ leastFen: 1n });

/** An income, or a threshold: zero can be true. */
export const YuanOrZero = yuan({ leastFen: 0n });
