import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { tryAgain } from "~/domain/delivery/dispatchDelivery.server";
import { openDelivery } from "~/domain/delivery/openDelivery.server";
import { carriedDelivery } from "~/domain/delivery/queries.server";
import { TryAgainInput } from "~/domain/delivery/schemas";
import { remaining } from "~/domain/delivery/states";
import { limit } from "~/domain/kernel/limits.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { button, form } from "~/http/pageForm.server";
import { staff } from "~/http/who.server";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ToOrganisation, WhereTo } from "~/ui/handover/WhereTo";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Notice, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { DeliveryTag } from "~/ui/store/DeliveryTag";
import { ThingCard } from "~/ui/store/ThingCard";
import { thing } from "~/ui/store/things";

export const handle: PageHandle = { title: "handover.myTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await carriedDelivery(ctx, idFrom(args, "id"))),
    confirmDays: await limit(ctx.db, ctx, "confirmDeliveryDays"),
    requestKey: ctx.newId(),
    messages: messagesFor(ctx.locale, ["store", "handover"]),
  }));

export const action = (args: RouteArgs) => {
  return act(args, staff, {
    default: form(TryAgainInput, async (ctx, input) => {
      const id = idFrom(args, "id");
      await tryAgain(ctx, id, input);
      return doneAt(paths(ctx.locale).deliverParcel(id), "done.deliverySent");
    }),
    open: button(async (ctx) => {
      const id = idFrom(args, "id");
      await openDelivery(ctx, id);
      return doneAt(paths(ctx.locale).deliverParcel(id), "done.addressOpened");
    }),
  });
};

export default function CarriedParcel() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { delivery, items, address, organisation, confirmDays, requestKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const isOut = delivery.state === "dispatched";
  const comesBack = delivery.state === "returning" || delivery.state === "failed_attempt";
  const rest =
    (delivery.state === "handed_over" || delivery.state === "confirmed") &&
    items.some(({ item }) => remaining(item) > 0n);
  const ended = delivery.needState === "withdrawn";
  return (
    <Page
      title={t("store.parcelTitle", { code: delivery.code })}
      lead={t("store.parcelFor", {
        who: delivery.pseudonym ?? t("store.somebody"),
        town: nameIn(locale, delivery.town),
      })}
      crumbs={[{ label: t("handover.myTitle"), to: at.deliver() }]}
    >
      <div className="grid gap-5">
        <FormErrors reply={reply} />
        <DeliveryTag delivery={delivery} />
        {ended ? <Notice tone="problem">{t("handover.wishEnded")}</Notice> : null}
        {items.map((row) => (
          <ThingCard
            key={row.item.id}
            icon={row.icon}
            name={thing(locale, row, row.item.quantity)}
            details={row.details}
          />
        ))}
        {delivery.state === "handed_over" ? (
          <Notice tone="done">{t("handover.handedOverThanks", { days: confirmDays })}</Notice>
        ) : null}
        {isOut && delivery.householdId !== null ? <WhereTo address={address} /> : null}
        {isOut && organisation ? <ToOrganisation organisation={organisation} /> : null}
        {isOut ? (
          <div className="grid gap-3">
            <LinkButton wide to={at.handOver(delivery.id)}>
              {t("handover.delivered")}
            </LinkButton>
            <LinkButton wide look="secondary" to={at.notDelivered(delivery.id)}>
              {t("handover.notDelivered")}
            </LinkButton>
          </div>
        ) : null}
        {delivery.state === "failed_attempt" ? (
          <Form method="post" className="grid gap-3">
            <RequestKey value={requestKey} reply={reply} />
            <Button wide>{t("handover.tryAgain")}</Button>
          </Form>
        ) : null}
        {comesBack || rest ? (
          <Notice tone="wait">
            <p className="font-semibold">
              {rest
                ? t("handover.restWithYou")
                : t("handover.bringItBack", { point: nameIn(locale, delivery.point) })}
            </p>
            <p className="text-2">
              {t("handover.bringItBackText")} {delivery.point.address} ·{" "}
              <a
                href={`tel:${delivery.point.phone}`}
                className="inline-flex min-h-tap items-center underline"
              >
                {delivery.point.phone}
              </a>
            </p>
          </Notice>
        ) : null}
      </div>
    </Page>
  );
}
