import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { lastChoices } from "~/domain/giving/queries.server";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { makeOffer } from "~/domain/matching/offers.server";
import { MakeOfferInput } from "~/domain/matching/schemas";
import { formNames } from "~/domain/reference/queries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { signedIn } from "~/http/who.server";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ShownAs } from "~/ui/giving/GivingChoices";
import { Button } from "~/ui/primitives/Button";
import { ChoiceField, SelectField, TextField } from "~/ui/primitives/Field";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "giving.offerTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const last = await lastChoices(ctx);
    const { towns, kinds, units } = await formNames(ctx);
    return {
      towns,
      kinds: kinds.filter((kind) => kind.lineKind === "goods"),
      units,
      last,
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["giving"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, signedIn, {
    default: form(MakeOfferInput, async (ctx, input) => {
      const { giftCode } = await makeOffer(ctx, input);
      return doneAt(paths(ctx.locale).gift(giftCode), "done.offered");
    }),
  });

export default function Offer() {
  const t = useT();
  const locale = useLocale();
  const { towns, kinds, units, last, requestKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const named = (rows: readonly { code: string; nameHans: string; nameHant: string; nameEn: string }[]) =>
    rows.map((row) => ({ value: row.code, label: nameIn(locale, row) }));
  const worded = (prefix: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`giving.${prefix}_${value}` as MessageKey) }));
  return (
    <Page title={t("giving.offerTitle")} lead={t("giving.offerLead")}>
      <Form method="post" className="grid gap-6">
        <FormErrors reply={reply} />
        <RequestKey value={requestKey} reply={reply} />
        <SelectField
          name="objectKind"
          label={t("giving.offerKind")}
          empty=""
          options={named(kinds)}
          reply={reply}
        />
        <TextField
          name="description"
          maxLength={LENGTHS.offer}
          label={t("giving.offerDescription")}
          hint={t("giving.offerDescriptionHint")}
          rows={2}
          reply={reply}
        />
        <ChoiceField
          name="condition"
          label={t("giving.condition")}
          options={worded("condition", ["new", "as_new", "used"])}
          reply={reply}
        />
        <div className="grid gap-6 sm:grid-cols-2">
          <TextField
            name="quantity"
            maxLength={LENGTHS.number}
            label={t("common.quantity")}
            inputMode="numeric"
            defaultValue="1"
            reply={reply}
          />
          <SelectField
            name="unitCode"
            label={t("giving.unit")}
            options={named(units)}
            defaultValue="piece"
            reply={reply}
          />
        </div>
        <SelectField name="townCode" label={t("giving.town")} empty="" options={named(towns)} reply={reply} />
        <ShownAs reply={reply} last={last} />
        <Button>{t("giving.sendOffer")}</Button>
      </Form>
    </Page>
  );
}
