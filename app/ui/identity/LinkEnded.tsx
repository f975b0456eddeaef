import { useT } from "~/i18n/useT";
import { LinkButton } from "../primitives/Button";
import { Page } from "../primitives/Page";

/** A link that opens nothing any more, in words, with the way to another one where there is one. */
export function LinkEnded({ again, text }: { again?: string; text?: string }) {
  const t = useT();
  return (
    <Page title={t("account.endedTitle")} lead={text ?? t("account.endedText")}>
      {again === undefined ? null : <LinkButton to={again}>{t("account.askAgain")}</LinkButton>}
    </Page>
  );
}
