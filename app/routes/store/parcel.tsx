import { useActionData, useLoaderData } from "@remix-run/react";
import { dispatchDelivery, tryAgain } from "~/domain/delivery/dispatchDelivery.server";
import { momentsAtStore } from "~/domain/delivery/moments.server";
import { cancelDelivery } from "~/domain/delivery/packDelivery.server";
import { returnToPoint } from "~/domain/delivery/returnToPoint.server";
import { DispatchInput, ReturnInput, TryAgainInput } from "~/domain/delivery/schemas";
import { remaining } from "~/domain/delivery/states";
import { storeDelivery } from "~/domain/delivery/storeQueries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { momentIntent } from "~/http/corrections.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { button, form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { CorrectMoments } from "~/ui/moments/CorrectMoments";
import { LinkButton } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Notice, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { DeliveryTag } from "~/ui/store/DeliveryTag";
import { DispatchForm } from "~/ui/store/DispatchForm";
import { TakeBackForm } from "~/ui/store/TakeBackForm";
import { ThingCard } from "~/ui/store/ThingCard";
import { thing } from "~/ui/store/things";

export const handle: PageHandle = { title: "store.contents" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await storeDelivery(ctx, idFrom(args, "id"))),
    now: localInput(ctx.now()),
    requestKey: ctx.newId(),
    moments: await momentsAtStore(ctx, idFrom(args, "id")),
    momentKey: ctx.newId(),
    messages: messagesFor(ctx.locale, ["store", "moments", "handover"]),
  }));

export const action = (args: RouteArgs) => {
  const id = idFrom(args, "id");
  return act(args, asOneOf("storekeeper", "operator"), {
    default: form(DispatchInput, async (ctx, input) => {
      await dispatchDelivery(ctx, id, input);
      return doneAt(paths(ctx.locale).storeParcel(id), "done.deliverySent");
    }),
    take_back: form(ReturnInput, async (ctx, input) => {
      await returnToPoint(ctx, id, input);
      return doneAt(paths(ctx.locale).point(), "done.deliveryTakenBack");
    }),
    try_again: form(TryAgainInput, async (ctx, input) => {
      await tryAgain(ctx, id, input);
      return doneAt(paths(ctx.locale).storeParcel(id), "done.deliverySent");
    }),
    ...momentIntent((at) => at.storeParcel(id)),
    unpack: button(async (ctx) => {
      await cancelDelivery(ctx, id);
      return doneAt(paths(ctx.locale).point(), "done.deliveryUnpacked");
    }),
  });
};

export default function StoreParcel() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { delivery, items, deliverers, isOut, outcome, now, requestKey, moments, momentKey } =
    useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const left = items.filter(({ item }) => remaining(item) > 0n);
  const canTakeBack =
    left.length > 0 && (isOut || delivery.state === "handed_over" || delivery.state === "confirmed");
  return (
    <Page
      title={t("store.parcelTitle", { code: delivery.code })}
      lead={t("store.parcelFor", {
        who: delivery.pseudonym ?? t("store.somebody"),
        town: nameIn(locale, delivery.town),
      })}
      crumbs={[{ label: nameIn(locale, delivery.point), to: at.point(delivery.point.id) }]}
    >
      <div className="grid gap-5">
        <FormErrors reply={reply} />
        <p className="flex flex-wrap items-center gap-2">
          <DeliveryTag delivery={delivery} />
          {delivery.courier ? (
            <span className="text-2 text-muted">{t("store.carriedBy", { name: delivery.courier })}</span>
          ) : null}
          {outcome ? <span className="text-2 text-muted">{t(`store.outcome_${outcome}`)}</span> : null}
        </p>
        {outcome === "refused" ? <Notice tone="wait">{t("store.afterRefused")}</Notice> : null}
        {outcome === "died_or_moved" ? <Notice tone="wait">{t("store.afterDied")}</Notice> : null}
        {items.map((row) => (
          <ThingCard
            key={row.item.id}
            icon={row.icon}
            name={thing(locale, row, row.item.quantity)}
            details={row.details}
          >
            {row.label}
          </ThingCard>
        ))}
        {delivery.state === "packed" ? (
          <LinkButton look="secondary" wide to={at.label(delivery.code)}>
            {t("store.parcelLabel")}
          </LinkButton>
        ) : null}
        {delivery.state === "packed" || delivery.state === "failed_attempt" ? (
          <DispatchForm
            state={delivery.state}
            deliverers={deliverers}
            carrierId={delivery.courierId}
            now={now}
            requestKey={requestKey}
            reply={reply}
          />
        ) : null}
        {canTakeBack ? (
          <TakeBackForm
            rows={left}
            broken={outcome === "damaged"}
            now={now}
            requestKey={requestKey}
            reply={reply}
          />
        ) : null}
        <CorrectMoments moments={moments} now={now} requestKey={momentKey} reply={reply} />
      </div>
    </Page>
  );
}
