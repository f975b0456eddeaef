import type { MessageKey } from "~/i18n/messages";
import type { Translate } from "~/i18n/translate";

/** Why a line comes before others, each reason in a word. */
export const reasonWords = (t: Translate, reasons: Readonly<Record<string, number>>): string[] =>
  Object.keys(reasons).map((reason) => t(`matching.reason_${reason}` as MessageKey));
