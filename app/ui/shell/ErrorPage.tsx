import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { lazy, Suspense } from "react";
import { useLocale, useT } from "~/i18n/useT";
import { WordsOf } from "~/i18n/Words";
import { paths } from "~/paths";
import { Scene } from "../icons/Scene";
import type { AskFirst } from "../identity/AskFirstPage";
import { LinkButton } from "../primitives/Button";
import { Page } from "../primitives/Page";
import { PhoneLine } from "../primitives/PhoneLine";
import { errorWords } from "./errorWords";
import { useRoot } from "./useRoot";

/** Fetched where it is needed: every page carries this room. */
const AskFirstPage = lazy(() =>
  import("../identity/AskFirstPage").then((room) => ({ default: room.AskFirstPage })),
);

/** Shown when not even the words could be loaded. */
const LAST_WORDS = [
  "系统暂时打不开，请稍后再试。",
  "系統暫時打不開，請稍後再試。",
  "This page cannot be opened right now. Please try again in a moment.",
];

/** Where somebody has to show who they are before what they posted can be done. */
const isAskFirst = (data: unknown): data is AskFirst =>
  typeof data === "object" && data !== null && ("signIn" in data || "stepUp" in data);

/** What went wrong, in words, with a way on and a phone number. */
export function ErrorPage() {
  const t = useT();
  const at = paths(useLocale());
  const error = useRouteError();
  const root = useRoot();
  if (!root) {
    return (
      <Page title="红心 Hongxin">
        {LAST_WORDS.map((words) => (
          <p key={words}>{words}</p>
        ))}
      </Page>
    );
  }

  if (isRouteErrorResponse(error) && isAskFirst(error.data)) {
    return (
      <WordsOf messages={error.data.messages}>
        <Suspense>
          <AskFirstPage asked={error.data} />
        </Suspense>
      </WordsOf>
    );
  }

  const status = isRouteErrorResponse(error) ? error.status : 500;
  const [title, text] = errorWords(t, error);
  return (
    <Page title={title} lead={text}>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <LinkButton to={at.home()}>{t("shell.toHome")}</LinkButton>
        <LinkButton look="secondary" to={at.wishes()}>
          {t("shell.seeWishes")}
        </LinkButton>
        <PhoneLine phone={root.place.phoneLine} />
      </div>
      <Scene name={status === 404 ? "lost" : "call"} className="mt-10 h-40 w-auto max-w-full text-brand" />
    </Page>
  );
}
