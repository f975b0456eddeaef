import { weekHours } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "../primitives/Button";
import { Card, Page } from "../primitives/Page";
import { PhoneLine } from "../primitives/PhoneLine";
import { useRoot } from "../shell/useRoot";

type Props = Readonly<{
  code: string;
  withinHours: number;
  lineHours: Parameters<typeof weekHours>[1] | undefined;
}>;

/** What somebody who asked to be called is told: their number, and what happens next. */
export function CallBackAsked({ code, withinHours, lineHours }: Props) {
  const t = useT();
  const locale = useLocale();
  const phone = useRoot()?.place.phoneLine ?? "";
  return (
    <Page title={t("callBacks.doneTitle")}>
      <div className="grid max-w-measure gap-5">
        <Card>
          <p className="text-2 text-muted">{t("callBacks.doneCode")}</p>
          <p className="tabular text-6 font-bold">{code}</p>
          <h2 className="mt-4 text-4">{t("callBacks.doneNext")}</h2>
          <ul className="mt-1 grid list-disc gap-1 pl-6">
            <li>{t("callBacks.doneWithin", { hours: withinHours })}</li>
            <li>{t("callBacks.doneTries")}</li>
            <li>{t("callBacks.doneFree")}</li>
          </ul>
        </Card>
        <div>
          <p>{t("callBacks.doneSooner")}</p>
          <PhoneLine phone={phone} big />
          {lineHours ? (
            <p className="text-2 text-muted">
              {t("callBacks.doneHours", { hours: weekHours(locale, lineHours) })}
            </p>
          ) : null}
        </div>
        <div>
          <LinkButton look="secondary" to={paths(locale).home()}>
            {t("shell.toHome")}
          </LinkButton>
        </div>
      </div>
    </Page>
  );
}
