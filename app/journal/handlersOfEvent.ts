/** Which handlers an event owes work to. Names only, so that recording an event imports no handler. */
export const HANDLERS_OF_EVENT: Readonly<Record<string, readonly HandlerName[]>> = {};

export const HANDLER_NAMES = ["tellDonor"] as const;
export type HandlerName = (typeof HANDLER_NAMES)[number];
