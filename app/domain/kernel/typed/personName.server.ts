import { folded } from "./signs";
import { simplified } from "./simplified.server";

/**
 * Everything between the letters of a name: blanks, middle dots of every make, hyphens, apostrophes,
 * brackets.
 */
const BETWEEN = /[^\p{L}\p{M}\p{N}]/gu;

/**
 * The one form of a name by which two are compared: half width, simplified, lower case, letters only. So
 * 陳國華 and 陈国华, 买买提·艾力 and 买买提艾力, `Maria da-Silva` and `ＭＡＲＩＡ ＤＡ ＳＩＬＶＡ`, and the
 * same with a zero-width sign within are one. Empty when nothing of a name is there: such a name is nobody's.
 * For comparing and for hashes, never for showing; making it twice changes nothing more.
 */
export const comparableName = (typed: string): string =>
  simplified(folded(typed).toLowerCase().replace(BETWEEN, ""));
