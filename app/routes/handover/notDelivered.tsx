import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { carriedDelivery } from "~/domain/delivery/queries.server";
import { recordOutcome } from "~/domain/delivery/recordOutcome.server";
import { OutcomeInput } from "~/domain/delivery/schemas";
import { FAILED_OUTCOMES } from "~/domain/delivery/vocabulary";
import { DomainError } from "~/domain/kernel/errors";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { staff } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { ChoiceField } from "~/ui/primitives/Field";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { HappenedField } from "~/ui/store/NumberField";

export const handle: PageHandle = { title: "handover.notDeliveredTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { delivery } = await carriedDelivery(ctx, idFrom(args, "id"));
    if (delivery.state !== "dispatched") throw new DomainError("WRONG_STATE");
    return {
      id: delivery.id,
      code: delivery.code,
      now: localInput(ctx.now()),
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["store", "handover"]),
    };
  });

export const action = (args: RouteArgs) => {
  return act(args, staff, {
    default: form(OutcomeInput, async (ctx, input) => {
      const id = idFrom(args, "id");
      await recordOutcome(ctx, id, input);
      return doneAt(paths(ctx.locale).deliverParcel(id), "done.notDelivered");
    }),
  });
};

export default function NotDelivered() {
  const t = useT();
  const at = paths(useLocale());
  const { id, code, now, requestKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  return (
    <Page
      title={t("handover.notDeliveredTitle")}
      lead={t("handover.notDeliveredLead")}
      crumbs={[{ label: t("store.parcelTitle", { code }), to: at.deliverParcel(id) }]}
    >
      <Form method="post" className="grid gap-5">
        <FormErrors reply={reply} />
        <ChoiceField
          name="outcome"
          label={t("common.reason")}
          options={FAILED_OUTCOMES.map((outcome) => ({
            value: outcome,
            label: t(`handover.outcome_${outcome}`),
            hint: t(`handover.outcome_${outcome}Next`),
          }))}
          reply={reply}
        />
        <HappenedField label={t("common.happenedAt")} now={now} reply={reply} />
        <RequestKey value={requestKey} reply={reply} />
        <Button wide>{t("handover.recordOutcome")}</Button>
      </Form>
    </Page>
  );
}
