import { folded } from "./signs";

/**
 * The one form of a voucher's number by which two are compared, in the unique index too: half width,
 * capitals, letters and digits only. `fp-0001`, `FP-0001`, `ｆｐ－０００１`, `FP 0001` and `FP—0001` are one
 * voucher. What was typed is kept beside it, to be shown. Empty when it holds neither letter nor digit: that
 * is no number.
 */
export const canonicalVoucher = (typed: string): string =>
  folded(typed)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
