import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { attestHandover } from "~/domain/delivery/acknowledgeDelivery.server";
import { myDeliveries } from "~/domain/delivery/queries.server";
import { AttestForm } from "~/domain/delivery/schemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { staff } from "~/http/who.server";
import { list } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { AskFirst } from "~/ui/primitives/AskFirst";
import { Button } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, EmptyState, Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { DeliveryList } from "~/ui/store/DeliveryList";
import { thing } from "~/ui/store/things";

export const handle: PageHandle = { title: "handover.myTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    ...(await myDeliveries(ctx)),
    messages: messagesFor(ctx.locale, ["store", "handover"]),
  }));

export const action = (args: RouteArgs) =>
  act(args, staff, {
    default: form(AttestForm, async (ctx, { deliveryId, ...input }) => {
      await attestHandover(ctx, deliveryId, input);
      return doneAt(paths(ctx.locale).deliver(), "done.wordsNoted");
    }),
  });

export default function MyDeliveries() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { out, done, toAttest } = useLoaderData<typeof loader>();
  return (
    <Page title={t("handover.myTitle")} lead={t("handover.myLead")}>
      <FormErrors reply={useActionData<typeof action>()?.reply} />
      {toAttest.length > 0 ? (
        <Section title={t("handover.toAttest")}>
          <p className="mb-3 text-muted">{t("handover.toAttestText")}</p>
          <ul className="grid gap-3">
            {toAttest.map((row) => (
              <li key={row.id}>
                <Card>
                  <p lang="zh-Hans" className="font-semibold">
                    {list(
                      locale,
                      row.items.map((item) => thing(locale, item, item.item.deliveredQuantity)),
                    )}
                  </p>
                  <p className="text-2 text-muted">
                    {[row.pseudonym, row.code, row.courier && t("store.carriedBy", { name: row.courier })]
                      .filter(Boolean)
                      .join(" · ")}
                  </p>
                  <Form method="post" className="mt-3 flex flex-wrap gap-3">
                    <input type="hidden" name="deliveryId" value={row.id} />
                    <Button name="said" value="present">
                      {t("handover.wasThere")}
                    </Button>
                    <AskFirst
                      name="said"
                      value="absent"
                      label={t("handover.wasNotThere")}
                      says={t("handover.wasNotThereSays")}
                    />
                  </Form>
                </Card>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {out.length === 0 ? (
        <EmptyState title={t("handover.nothingOut")}>{t("handover.nothingOutText")}</EmptyState>
      ) : (
        <>
          <Section title={t("handover.nextStop")}>
            <DeliveryList rows={out.slice(0, 1)} to={at.deliverParcel} />
          </Section>
          {out.length > 1 ? (
            <Section title={t("handover.afterThat")}>
              <DeliveryList rows={out.slice(1)} to={at.deliverParcel} />
            </Section>
          ) : null}
        </>
      )}
      {done.length > 0 ? (
        <Section title={t("handover.doneLately")}>
          <DeliveryList rows={done} to={at.deliverParcel} />
        </Section>
      ) : null}
    </Page>
  );
}
