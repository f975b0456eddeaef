import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Card } from "../primitives/Page";
import { SendOn } from "../shell/SendOn";

/** A wish to pass on to somebody who may be able to help. */
export function TellOthers({ code, title, url }: Readonly<{ code: string; title: string; url: string }>) {
  const t = useT();
  const picture = paths(useLocale()).wishPictures(code);
  return (
    <Card className="no-print">
      <h2 className="text-4">{t("pictures.tellTitle")}</h2>
      <p className="mt-1 text-2 text-muted">{t("pictures.tellHint")}</p>
      <SendOn url={url} text={t("pictures.tellSays", { title })} picture={picture} />
    </Card>
  );
}
