import { money } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ContactInput } from "../identity/ContactInput";
import { Button, TextLink } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { RequestKey } from "../primitives/FormParts";
import { Card } from "../primitives/Page";
import { useIsSignedIn } from "../shell/useRoot";

/** What a basket comes to (fen), and the way on: to hold it, first by a code for whoever is not signed in. */
export function BasketTotal({
  sumFen,
  requestKey,
  hours,
  phoneToo,
  reply,
}: Readonly<{
  sumFen: bigint;
  requestKey: string;
  /** For how long it is held. */
  hours: number;
  /** Whether codes go to phones too. */
  phoneToo: boolean;
  reply: Reply | undefined;
}>) {
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
          <form method="post" action={at.basketCode()} className="grid max-w-md gap-4">
            <RequestKey value={requestKey} reply={reply} />
            <p className="text-muted">{t("giving.byCodeLead", { hours })}</p>
            <ContactInput phoneToo={phoneToo} reply={undefined} />
            <Button wide>{t("account.codeSend")}</Button>
            <p className="flex flex-wrap gap-x-6">
              <TextLink to={at.signIn(at.basket())}>{t("account.codeByPassword")}</TextLink>
              <TextLink to={at.signUp(at.basket())}>{t("giving.asCompany")}</TextLink>
            </p>
          </form>
        )}
      </div>
    </Card>
  );
}
