import type { MessageKey } from "~/i18n/messages";

/** The message that names a role: `town_reviewer` → `identity.roleTownReviewer`. */
export const roleKey = (role: string): MessageKey =>
  `identity.role${role.replace(/(?:^|_)(\w)/g, (_whole, letter: string) => letter.toUpperCase())}` as MessageKey;
