import { useMatches } from "@remix-run/react";
import { useContext } from "react";
import { UNSAFE_DataRouterStateContext as RouterState } from "react-router-dom";
import type { Translate } from "~/i18n/translate";
import { useT } from "~/i18n/useT";
import { isGivenBack } from "../primitives/givenBack";
import { errorWords } from "./errorWords";
import type { PageHandle } from "./pageHandle";

const textIn = (data: unknown, name: "title" | "subject"): string | undefined => {
  const value =
    typeof data === "object" && data !== null ? (data as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
};

const hasErrors = (actionData: Readonly<Record<string, unknown>> | null | undefined): boolean =>
  Object.values(actionData ?? {}).some(
    (answer) =>
      isGivenBack(answer) &&
      (answer.reply.formErrors.length > 0 || Object.keys(answer.reply.errors).length > 0),
  );

/**
 * The name of a page: what it is about (a code, a person's wish), what one does there, and whose house it is.
 */
function nameOf(t: Translate, leaf: ReturnType<typeof useMatches>[number] | undefined): string {
  const { title: key } = (leaf?.handle ?? {}) as Partial<PageHandle>;
  const title = textIn(leaf?.data, "title") ?? (key && t(key));
  const subject = textIn(leaf?.data, "subject") ?? leaf?.params["code"] ?? leaf?.params["label"];
  return [subject, title].filter((part) => part !== undefined && part !== "").join(" · ");
}

/**
 * What the browser's tab says, and a screen reader first: errors, what the page is about, what it is, whose
 * house it is. A loader may send a `title` of its own, or a `subject` to be put before the route's title. A
 * route's `meta` cannot do this: the root's is given the matches down to itself only, and none is told what
 * an action answered.
 */
export function PageTitle() {
  const t = useT();
  const leaf = useMatches().at(-1);
  const state = useContext(RouterState);
  const errors: readonly unknown[] = Object.values(state?.errors ?? {});
  const [error] = errors;
  const name = error === undefined ? nameOf(t, leaf) : errorWords(t, error)[0];
  const house = name === "" ? "红心 Hongxin" : `${name} · 红心`;
  return (
    <title>
      {error === undefined && hasErrors(state?.actionData) ? t("shell.errorIn", { title: house }) : house}
    </title>
  );
}
