import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { expectedOffer, expectedParcel } from "~/domain/delivery/lookUpQueries.server";
import { pointFor } from "~/domain/delivery/pointQueries.server";
import { receiveOffer } from "~/domain/delivery/receiveOffer.server";
import { receiveParcel } from "~/domain/delivery/receiveParcel.server";
import { ReceiveInput, ReceiveOfferInput } from "~/domain/delivery/schemas";
import { DomainError } from "~/domain/kernel/errors";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom, idInQuery } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Notice, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { HappenedField, NumberField } from "~/ui/store/NumberField";
import { ThingCard } from "~/ui/store/ThingCard";
import { thingName, unitName } from "~/ui/store/things";

export const handle: PageHandle = { title: "store.countTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const point = await pointFor(ctx, idInQuery(args, "at"));
    const id = idFrom(args, "id");
    const common = {
      point,
      now: localInput(ctx.now()),
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["store"]),
    };
    if (args.params["kind"] === "offer") {
      const { offer, unit, icon, left, waiting, seen } = await expectedOffer(ctx, point.id, id);
      return {
        ...common,
        kind: "offer" as const,
        id,
        purchaseId: undefined,
        name: { itemHans: offer.description, itemHant: offer.description },
        unit,
        icon,
        details: undefined,
        left,
        waiting,
        seen,
      };
    }

    const row = await expectedParcel(ctx, point.id, {
      pledgeId: id,
      purchaseId: idInQuery(args, "purchase"),
    });
    if (row.status !== "expected") throw new DomainError("WRONG_STATE");
    return {
      ...common,
      kind: "gift" as const,
      id,
      purchaseId: row.purchase?.id,
      name: row,
      unit: row.unit,
      icon: row.icon,
      details: row.details,
      left: row.left,
      waiting: row.waiting,
      seen: row.seen,
    };
  });

export const action = (args: RouteArgs) => {
  if (args.params["kind"] === "offer")
    return act(args, asOneOf("storekeeper", "operator"), {
      default: form(ReceiveOfferInput, async (ctx, input) => {
        const { parcelId } = await receiveOffer(ctx, idFrom(args, "id"), input);
        return doneAt(paths(ctx.locale).inspect(parcelId), "done.parcelCounted");
      }),
    });
  return act(args, asOneOf("storekeeper", "operator"), {
    default: form(ReceiveInput, async (ctx, input) => {
      const { parcelId } = await receiveParcel(ctx, input);
      return doneAt(paths(ctx.locale).inspect(parcelId), "done.parcelCounted");
    }),
  });
};

export default function CountParcel() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { point, kind, id, purchaseId, name, unit, icon, details, left, waiting, seen, now, requestKey } =
    useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const amount = (n: bigint) => ({ n: String(n), unit: unitName(locale, unit, n) });
  return (
    <Page
      title={t("store.countTitle")}
      lead={t("store.countLead")}
      crumbs={[
        { label: nameIn(locale, point), to: at.point(point.id) },
        { label: t("store.receiveTitle"), to: at.receive(point.id) },
      ]}
    >
      <Form method="post" className="grid gap-5">
        <FormErrors reply={reply} />
        <ThingCard icon={icon} name={thingName(locale, name)} details={details}>
          {t("store.leftUnits", amount(left))}
        </ThingCard>
        {waiting > 0n ? <Notice tone="wait">{t("store.waitingHere", amount(waiting))}</Notice> : null}
        <NumberField
          name="counted"
          label={t("store.counted", { unit: unitName(locale, unit, 2) })}
          hint={t("store.countedHint", amount(left))}
          value={left}
          reply={reply}
        />
        <HappenedField label={t("common.happenedAt")} now={now} reply={reply} />
        {kind === "gift" ? <input type="hidden" name="pledgeId" value={id} /> : null}
        {purchaseId ? <input type="hidden" name="purchaseId" value={purchaseId} /> : null}
        <input type="hidden" name="parcelsSeen" value={seen} />
        <input type="hidden" name="pointId" value={point.id} />
        <RequestKey value={requestKey} reply={reply} />
        <Button wide>{t("store.received")}</Button>
      </Form>
    </Page>
  );
}
