import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { inspectParcel } from "~/domain/delivery/inspectParcel.server";
import { InspectForm as InspectSchema } from "~/domain/delivery/schemas";
import { parcelToInspect } from "~/domain/delivery/storeQueries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { replyOf } from "~/http/reply";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { InspectForm } from "~/ui/delivery/InspectForm";
import { ThingCard } from "~/ui/delivery/ThingCard";
import { itemName, unitName } from "~/ui/delivery/things";
import { LinkButton } from "~/ui/primitives/Button";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Notice, Page } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await parcelToInspect(ctx, idFrom(args, "parcelId"))),
    now: localInput(ctx.now()),
    requestKey: ctx.newId(),
    messages: messagesFor(ctx.locale, ["store"]),
  }));

export const action = (args: RouteArgs) =>
  act(args, InspectSchema, async (ctx, input) => {
    const { label } = await inspectParcel(ctx, idFrom(args, "parcelId"), input);
    return label === null ? doneAt(paths(ctx.locale).point(), "done.parcelRefused") : doneAt(paths(ctx.locale).label(label), "done.parcelInspected");
  });

export default function Inspect() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { parcel, unit, icon, details, needCode, offered, askedUnitFen, bought, inspection, now, requestKey, ...row } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  return (
    <Page title={t("store.inspectTitle")} lead={t("store.inspectLead")} crumbs={[{ label: t("store.toInspect"), to: at.point(parcel.pointId) }]}>
      <div className="grid gap-5">
        <ThingCard icon={icon} name={row.itemHans === null ? (offered ?? "") : itemName(locale, row)} details={details}>
          {t("store.parcelCounted", { n: String(parcel.counted), unit: unitName(locale, unit, parcel.counted) })}
          {needCode ? ` · ${t("store.forWish", { code: needCode })}` : null}
          {bought ? ` · ${bought.code}` : null}
        </ThingCard>
        {inspection ? (
          <>
            <Notice tone="done">{t("store.inspectedAlready", { accepted: String(inspection.accepted), refused: String(inspection.refused) })}</Notice>
            {inspection.label ? <LinkButton to={at.label(inspection.label)}>{t("store.toLabel")}</LinkButton> : null}
          </>
        ) : (
          <Form method="post" className="grid gap-5">
            <FormErrors reply={reply} />
            <InspectForm
              reply={reply}
              counted={parcel.counted}
              unit={unitName(locale, unit, 1)}
              askedUnitFen={askedUnitFen}
              boughtUnitFen={bought?.unitFen ?? null}
              bought={bought !== null}
              now={now}
            />
            <RequestKey value={requestKey} reply={reply} />
          </Form>
        )}
      </div>
    </Page>
  );
}
