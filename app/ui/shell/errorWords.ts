import { isRouteErrorResponse } from "@remix-run/react";
import type { MessageKey } from "~/i18n/messages";
import type { Translate } from "~/i18n/translate";

const refusalOf = (data: unknown): string | undefined =>
  typeof data === "object" && data !== null && "refusal" in data && typeof data.refusal === "string"
    ? data.refusal
    : undefined;

/** What went wrong, in words: its name and a sentence. */
export function errorWords(t: Translate, error: unknown): readonly [title: string, text: string] {
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const refusal = isRouteErrorResponse(error) ? refusalOf(error.data) : undefined;
  if (status === 401) return [t("shell.signIn"), ""];
  if (status === 404) return [t("shell.notFoundTitle"), t("shell.notFoundText")];
  if (status === 403) return [t("shell.forbiddenTitle"), t("shell.forbiddenText")];
  if (refusal) return [t("shell.refusedTitle"), t(refusal as MessageKey)];
  return [t("shell.brokenTitle"), t("shell.brokenText")];
}
