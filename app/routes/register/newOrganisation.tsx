import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { enterBody } from "~/domain/register/enterBody.server";
import { requireRegisterKeeper } from "~/domain/register/registerKeeper.server";
import { EnterBodyInput } from "~/domain/register/schemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { ChoiceField, TextField } from "~/ui/primitives/Field";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import { RegistrationFields } from "~/ui/register/fields";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "register.enter" };

export const loader = (args: RouteArgs) =>
  load(args, (ctx) => {
    requireRegisterKeeper(ctx);
    return Promise.resolve({ requestKey: ctx.newId(), messages: messagesFor(ctx.locale, ["register"]) });
  });

export const action = (args: RouteArgs) =>
  act(args, asOneOf("operator", "admin"), {
    default: form(EnterBodyInput, async (ctx, input) => {
      const { bodyId } = await enterBody(ctx, input);
      return doneAt(paths(ctx.locale).body(bodyId), "done.bodyEntered");
    }),
  });

export default function EnterBody() {
  const t = useT();
  const { requestKey } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const kinds = (["organisation", "charity"] as const).map((kind) => ({
    value: kind,
    label: t(`register.kind_${kind}`),
    hint: t(`register.hint_${kind}`),
  }));
  return (
    <Page
      title={t("register.enter")}
      lead={t("register.enterLead")}
      crumbs={[{ label: t("register.title"), to: paths(useLocale()).register() }]}
    >
      <Form method="post" className="grid gap-5">
        <FormErrors reply={reply} />
        <RequestKey value={requestKey} reply={reply} />
        <ChoiceField
          name="bodyKind"
          label={t("register.bodyKind")}
          options={kinds}
          columns={2}
          reply={reply}
        />
        <TextField
          name="creditCode"
          label={t("register.creditCode")}
          hint={t("register.creditCodeHint")}
          autoComplete="off"
          maxLength={LENGTHS.creditCode}
          reply={reply}
        />
        <RegistrationFields reply={reply} />
        <Button wide>{t("register.submit")}</Button>
      </Form>
    </Page>
  );
}
