import type { MessageKey } from "~/i18n/messages";

/** What a route says of its page beside it. */
export type PageHandle = Readonly<{
  /** What the browser's tab calls a page that has no better title. */
  title?: MessageKey;
  /**
   * Only links and forms move it, and it shows nothing of whoever asks but the frame: it goes out without the
   * framework's scripts, and is kept for everybody for some seconds (decision 21).
   */
  isStill?: true;
}>;

/** Whether a route's `handle` says that its page is still. */
export const isStill = (handle: unknown): boolean =>
  typeof handle === "object" && handle !== null && "isStill" in handle && handle.isStill === true;
