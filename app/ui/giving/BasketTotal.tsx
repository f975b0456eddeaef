import { money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { RequestKey } from "../primitives/FormParts";
import { Card, Notice } from "../primitives/Page";
import { useIsSignedIn } from "../shell/useRoot";

/** What a basket comes to (fen), and the way on: to hold it, or to sign in first. */
export function BasketTotal({
  sumFen,
  requestKey,
  reply,
}: Readonly<{ sumFen: bigint; requestKey: string; reply: Reply | undefined }>) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const isSignedIn = useIsSignedIn();
  return (
    <Card className="mt-6">
      <p className="tabular flex justify-between text-4 font-semibold">
        <span>{t("common.total")}</span>
        <span>{t("giving.totalValue", { sum: money(locale, sumFen) })}</span>
      </p>
      <div className="mt-4">
        {isSignedIn ? (
          <form method="post">
            <RequestKey value={requestKey} reply={reply} />
            <Button name="intent" value="submit" wide>
              {t("giving.submitBasket")}
            </Button>
          </form>
        ) : (
          <Notice>
            <p>{t("giving.signInFirst")}</p>
            <p className="mt-2 flex flex-wrap gap-3">
              <LinkButton to={at.signIn(at.basket())}>{t("shell.signIn")}</LinkButton>
              <LinkButton look="secondary" to={at.signUp(at.basket())}>
                {t("giving.signUpFirst")}
              </LinkButton>
            </p>
          </Notice>
        )}
      </div>
    </Card>
  );
}
