import { useLoaderData } from "@remix-run/react";
import { labelPage } from "~/domain/delivery/storeQueries.server";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { codeFrom } from "~/http/ids.server";
import { drawQr } from "~/http/qr.server";
import { list } from "~/i18n/format";
import { langOfWords, nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "~/ui/primitives/Button";
import { Page } from "~/ui/primitives/Page";
import { PrintButton } from "~/ui/primitives/PrintButton";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { Label } from "~/ui/store/Label";
import { thingName, unitName } from "~/ui/store/things";

export const handle: PageHandle = { title: "store.parcelLabel" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const row = await labelPage(ctx, codeFrom(args, "label"));
    return {
      ...row,
      qr: drawQr(ctx.publicUrl + paths("zh-Hans").publicLabel(row.code)),
      messages: messagesFor(ctx.locale, ["store"]),
    };
  });

export default function LabelPage() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { code, qr, point, needId, things, bestBefore } = useLoaderData<typeof loader>();
  return (
    <Page
      title={t("store.labelTitle", { code })}
      lead={t("store.labelLead")}
      crumbs={[{ label: nameIn(locale, point), to: at.point(point.id) }]}
    >
      <Label
        code={code}
        qr={qr}
        lang={langOfWords(locale)}
        title={list(
          locale,
          things.map((thing) => thingName(locale, thing)),
        )}
      >
        <p>
          {list(
            locale,
            things.map((thing) => `${thing.quantity} ${unitName(locale, thing.unit, thing.quantity)}`),
          )}
        </p>
        <p>{nameIn(locale, point)}</p>
        {bestBefore ? <p>{t("store.bestBeforeIs", { day: bestBefore })}</p> : null}
      </Label>
      <div className="no-print mt-6 grid gap-3">
        <PrintButton wide />
        {needId ? (
          <LinkButton wide look="secondary" to={at.pack(point.id, needId)}>
            {t("store.toPackThis")}
          </LinkButton>
        ) : null}
        <LinkButton wide look="quiet" to={at.point(point.id)}>
          {t("common.back")}
        </LinkButton>
      </div>
    </Page>
  );
}
