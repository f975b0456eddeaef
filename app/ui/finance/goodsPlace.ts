import type { MessageKey } from "~/i18n/messages";
import type { Translate } from "~/i18n/translate";

/** A place of the goods book in words: what it is, and which one where it has a name. */
export const placeIn = (t: Translate) => (kind: string, name?: string | null) =>
  [t(`finance.place_${kind}` as MessageKey), name].filter(Boolean).join(" ");
