import type { ShouldRevalidateFunction } from "@remix-run/react";
import type { GoOn } from "~/ui/identity/GoOnPage";
import type { AskedStep } from "~/ui/identity/SignInStepPage";
import type { Reply } from "~/ui/primitives/Field";

/** The form's answer out of an action's data, when it was one. */
export function replyOf(data: unknown): Reply | undefined {
  return typeof data === "object" && data !== null && "reply" in data ? (data.reply as Reply) : undefined;
}

/** What somebody who is signed in now goes on with, when an action's data is that. */
export const goOnOf = (data: unknown): GoOn | undefined =>
  typeof data === "object" && data !== null && "goOn" in data ? (data.goOn as GoOn) : undefined;

/** The second step that signing in asks for, when an action's data is that. */
export const askedStepOf = (data: unknown): AskedStep | undefined =>
  typeof data === "object" && data !== null && "askedStep" in data
    ? (data.askedStep as AskedStep)
    : undefined;

/**
 * For pages that show more of a thing than its form: after a conflict they are read anew, so that both stand
 * on them as they are now.
 */
export const afterConflict: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;
