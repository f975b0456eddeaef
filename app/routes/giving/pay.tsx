import { redirectDocument } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { lastChoices } from "~/domain/giving/queries.server";
import { isCompany } from "~/domain/identity/queries.server";
import { limit } from "~/domain/kernel/limits.server";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { readWholeNumber } from "~/domain/kernel/typed/wholeNumber";
import { lineAt } from "~/domain/needs/wishPage.server";
import { collectingCharity } from "~/domain/payments/charity.server";
import { intendToPay } from "~/domain/payments/intents.server";
import { IntendInput, PayAmountInput, StartCheckoutInput } from "~/domain/payments/schemas";
import { startCheckout } from "~/domain/payments/startCheckout.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { codeFrom } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { signedIn } from "~/http/who.server";
import { wordsIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { GivingChoices } from "~/ui/giving/GivingChoices";
import { IntentForm } from "~/ui/giving/IntentForm";
import { PayAmount } from "~/ui/giving/PayAmount";
import { PaymentFacts } from "~/ui/giving/PaymentFacts";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "giving.payTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const found = await lineAt(ctx, codeFrom(args), readWholeNumber(args.params["position"] ?? "") ?? 0);
    if (!found || found.line.kind === "service") throw new Response(null, { status: 404 });
    const collecting = await collectingCharity(ctx.db, ctx.now());
    const facts = collecting && {
      charity: collecting.charity,
      programme: collecting.programme,
      certificate: collecting.certificate,
    };
    const promises = {
      minutes: await limit(ctx.db, ctx, "undoMinutes"),
      days: await limit(ctx.db, ctx, "buyWithinDays"),
    };
    return {
      ...found,
      facts,
      promises,
      last: ctx.actor.kind === "user" ? await lastChoices(ctx) : {},
      isCompany: ctx.actor.kind === "user" && (await isCompany(ctx)),
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["giving", "wishes"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, signedIn, {
    default: form(
      (typed) => (typed["amount"] === "yuan" ? PayAmountInput : StartCheckoutInput),
      async (ctx, input) => {
        const { url } = await startCheckout(ctx, input);
        // Another house: the browser itself goes there, not the router of this page.
        return redirectDocument(url);
      },
    ),
    intend: form(IntendInput, async (ctx, input) => {
      await intendToPay(ctx, input);
      return doneAt(paths(ctx.locale).gifts(), "done.intentNoted");
    }),
  });

export default function Pay() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { wish, line, facts, promises, requestKey, isCompany, last } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const isMoney = line.kind === "money";
  return (
    <Page
      title={t(isMoney ? "giving.payTitleMoney" : "giving.payTitle")}
      lead={t("giving.payLead")}
      crumbs={[{ label: wordsIn(locale, wish.titleHans, wish.titleHant), to: at.wish(wish.code) }]}
    >
      {facts ? (
        <div className="grid gap-6">
          <PaymentFacts wish={wish} line={line} facts={facts} promises={promises} />
          <Form method="post" className="grid gap-6">
            <FormErrors reply={reply} />
            <RequestKey value={requestKey} reply={reply} />
            <input type="hidden" name="lineId" value={line.id} />
            <input type="hidden" name="filingNumber" value={facts.programme.filingNumber} />
            {isMoney ? (
              <PayAmount openFen={line.open} reply={reply} />
            ) : (
              <TextField
                name="quantity"
                maxLength={LENGTHS.amount}
                label={t("common.quantity")}
                inputMode="numeric"
                defaultValue="1"
                reply={reply}
              />
            )}
            <GivingChoices reply={reply} last={last} isCompany={isCompany} />
            <Button wide>{t("giving.goPay")}</Button>
          </Form>
        </div>
      ) : (
        <IntentForm lineId={line.id} requestKey={requestKey} reply={reply} />
      )}
    </Page>
  );
}
