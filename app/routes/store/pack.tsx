import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { packDelivery } from "~/domain/delivery/packDelivery.server";
import { pointFor } from "~/domain/delivery/pointQueries.server";
import { PackInput } from "~/domain/delivery/schemas";
import { packPage } from "~/domain/delivery/storeQueries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom, idInQuery } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Notice, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { NumberField } from "~/ui/store/NumberField";
import { ThingCard } from "~/ui/store/ThingCard";
import { thingName, unitName } from "~/ui/store/things";

export const handle: PageHandle = { title: "store.packTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const point = await pointFor(ctx, idInQuery(args, "at"));
    return {
      point,
      ...(await packPage(ctx, point.id, idFrom(args, "needId"))),
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["store"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, asOneOf("storekeeper", "operator"), {
    default: form(PackInput, async (ctx, input) => {
      const { deliveryId } = await packDelivery(ctx, input);
      return doneAt(paths(ctx.locale).storeParcel(deliveryId), "done.deliveryPacked");
    }),
  });

export default function Pack() {
  const t = useT();
  const locale = useLocale();
  const { point, need, lots, requestKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const good = lots.filter((lot) => !lot.expired);
  return (
    <Page
      title={t("store.packTitle")}
      lead={`${t("store.parcelFor", { who: need.pseudonym ?? t("store.somebody"), town: nameIn(locale, need.town) })} · ${t("store.forWish", { code: need.code })}`}
      crumbs={[{ label: nameIn(locale, point), to: paths(locale).point(point.id) }]}
    >
      <Form method="post" className="grid gap-6">
        <FormErrors reply={reply} />
        <p className="text-muted">{t("store.packLead")}</p>
        {good.map((lot, index) => (
          <div key={lot.id} className="grid gap-3">
            <ThingCard icon={lot.line.icon} name={thingName(locale, lot.line)} details={lot.line.details}>
              {t("store.packFree", { n: String(lot.free), unit: unitName(locale, lot.line.unit, lot.free) })}{" "}
              · {lot.label}
              {lot.bestBefore ? ` · ${t("store.bestBeforeIs", { day: lot.bestBefore })}` : null}
            </ThingCard>
            <input type="hidden" name={`lots[${index}].lotId`} value={lot.id} />
            <NumberField
              name={`lots[${index}].quantity`}
              label={t("store.packQuantity", { unit: unitName(locale, lot.line.unit, 2) })}
              value={lot.free}
              reply={reply}
            />
          </div>
        ))}
        {lots
          .filter((lot) => lot.expired)
          .map((lot) => (
            <Notice key={lot.id} tone="problem">
              <span lang="zh-Hans">{thingName(locale, lot.line)}</span> · {lot.label} ·{" "}
              {t("store.expiredText")}
            </Notice>
          ))}
        <input type="hidden" name="needId" value={need.id} />
        <input type="hidden" name="pointId" value={point.id} />
        <RequestKey value={requestKey} reply={reply} />
        {good.length > 0 ? <Button wide>{t("store.packNow")}</Button> : null}
      </Form>
    </Page>
  );
}
