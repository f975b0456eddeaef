import type { MessageKey } from "~/i18n/messages";

/** What a route says of its page beside it: what the browser's tab calls a page that has no better title. */
export type PageHandle = Readonly<{ title: MessageKey }>;
