import type { ShouldRevalidateFunction } from "@remix-run/react";

/**
 * For pages that show more of a thing than its form: after a conflict they are read anew, so that both stand
 * on them as they are now.
 */
export const afterConflict: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;
