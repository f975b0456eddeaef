import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { verifyCompany } from "~/domain/identity/accounts.server";
import { waitingCompanies } from "~/domain/identity/companies.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { day } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, EmptyState, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "identity.companiesTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    companies: await waitingCompanies(ctx),
    messages: messagesFor(ctx.locale, ["identity"]),
  }));

const Company = z.object({ userId: z.uuid() });

export const action = (args: RouteArgs) =>
  act(args, asOneOf("operator"), {
    default: form(Company, async (ctx, { userId }) => {
      await verifyCompany(ctx, userId);
      return doneAt(paths(ctx.locale).companies(), "done.companyVerified");
    }),
  });

export default function Companies() {
  const t = useT();
  const locale = useLocale();
  const { companies } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  return (
    <Page title={t("identity.companiesTitle")} lead={t("identity.companiesLead")}>
      <FormErrors reply={reply} />
      {companies.length === 0 ? <EmptyState title={t("common.none")} /> : null}
      <ul className="grid gap-3">
        {companies.map((company) => (
          <li key={company.userId}>
            <Card className="flex flex-wrap items-center justify-between gap-3">
              <div>
                <p className="font-semibold" lang="zh-Hans">
                  {company.name}
                </p>
                <p className="tabular text-2 text-muted">
                  {company.creditCode ?? t("identity.noCreditCode")} · {day(locale, company.since)}
                </p>
              </div>
              <Form method="post">
                <input type="hidden" name="userId" value={company.userId} />
                <Button>{t("identity.companyChecked")}</Button>
              </Form>
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  );
}
