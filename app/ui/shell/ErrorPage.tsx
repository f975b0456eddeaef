import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "../primitives/Button";
import { Page } from "../primitives/Page";
import { useRoot } from "./useRoot";

const refusalOf = (data: unknown): string | undefined => (typeof data === "object" && data !== null && "refusal" in data && typeof data.refusal === "string" ? data.refusal : undefined);

/** What went wrong, in words, with a way on and a phone number. */
export function ErrorPage() {
  const t = useT();
  const at = paths(useLocale());
  const error = useRouteError();
  const root = useRoot();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const refusal = isRouteErrorResponse(error) ? refusalOf(error.data) : undefined;
  const [title, text] =
    status === 404
      ? [t("shell.notFoundTitle"), t("shell.notFoundText")]
      : status === 403
        ? [t("shell.forbiddenTitle"), t("shell.forbiddenText")]
        : refusal
          ? [t("shell.refusedTitle"), t(refusal as MessageKey)]
          : [t("shell.brokenTitle"), t("shell.brokenText")];
  return (
    <Page title={title} lead={text}>
      <div className="flex flex-wrap gap-3">
        <LinkButton to={at.home()}>{t("shell.toHome")}</LinkButton>
        {root ? (
          <a href={`tel:${root.place.phoneLine}`} className="inline-flex min-h-tap items-center px-2 font-semibold text-brand underline">
            {t("shell.phone")} {root.place.phoneLine}
          </a>
        ) : null}
      </div>
    </Page>
  );
}
