import type { MessageKey } from "~/i18n/messages";

/** What a route says of its page beside it. */
export type PageHandle = Readonly<{
  /** What the browser's tab calls a page that has no better title. */
  title?: MessageKey;
  /**
   * Only links and forms move it: it goes out without the framework's scripts (decision 21). Unless it is its
   * reader's own it shows nothing of them but the frame, and is kept for everybody for some seconds.
   */
  isStill?: true;
  /** A still page that shows what is its reader's: made for each request, and kept nowhere. */
  isOwn?: true;
}>;

/** Whether a route's `handle` says that its page is still. */
export const isStill = (handle: unknown): boolean =>
  typeof handle === "object" && handle !== null && "isStill" in handle && handle.isStill === true;

/** Whether it says that its still page is its reader's own. */
export const isOwn = (handle: unknown): boolean =>
  isStill(handle) &&
  typeof handle === "object" &&
  handle !== null &&
  "isOwn" in handle &&
  handle.isOwn === true;
