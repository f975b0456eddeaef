import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { requireUser } from "~/domain/kernel/actor";
import { DomainError } from "~/domain/kernel/errors";
import { openRecord, readOpened } from "~/domain/households/openRecord.server";
import { recordRequest, RecipientRequestInput } from "~/domain/households/recipientRequests.server";
import { OpenRecordInput } from "~/domain/households/schemas";
import { householdOf } from "~/domain/needs/submitNeed.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { replyOf, replyTo } from "~/http/reply";
import { localInput, moment } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { ChoiceField, TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, Facts, Page, Section } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    requireUser(ctx.actor);
    const id = args.params["id"] ?? "";
    const opened = await readOpened(ctx, id);
    const household = await householdOf(ctx, id);
    if (!household) throw new DomainError("NOT_FOUND");
    return { id, code: household.code, opened, now: localInput(ctx.now()), messages: messagesFor(ctx.locale, ["households", "sheet"]) };
  });

export const action = (args: RouteArgs) => {
  const householdId = args.params["id"] ?? "";
  return act(
    args,
    OpenRecordInput,
    async (ctx, input) => {
      await openRecord(ctx, { householdId, ...input });
      return redirect(paths(ctx.locale).household(householdId));
    },
    {
      request: async (ctx, form) => {
        await recordRequest(ctx, householdId, RecipientRequestInput.parse(Object.fromEntries(form)));
        return redirect(paths(ctx.locale).household(householdId));
      },
    },
  );
};

const REASONS = ["verify_wish", "contact_recipient", "entitlements", "deliver", "complaint", "correction", "audit"] as const;

export default function Household() {
  const t = useT();
  const locale = useLocale();
  const { id, code, opened, now } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  const requested = replyTo(reply, "intent", "request");
  return (
    <Page title={t("households.recordTitle", { code })} lead={t("households.recordLead")}>
      {opened ? (
        <Card>
          <p className="mb-3 text-2 text-muted">{t("households.until", { time: moment(locale, opened.until) })}</p>
          <Facts
            rows={Object.entries(opened.fields).map(
              ([field, value]) =>
                [
                  t(`households.field_${field}` as MessageKey),
                  <span key={field} lang="zh-Hans">
                    {value}
                  </span>,
                ] as const,
            )}
          />
        </Card>
      ) : (
        <Form method="post" className="grid gap-4">
          <FormErrors reply={requested ? undefined : reply} />
          <ChoiceField
            name="reason"
            label={t("households.reason")}
            options={REASONS.map((reason) => ({ value: reason, label: t(`households.reason_${reason}`) }))}
            reply={requested ? undefined : reply}
          />
          <Button>{t("households.open")}</Button>
        </Form>
      )}
      <p className="mt-6">
        <LinkButton look="secondary" to={paths(locale).sheet(id)}>
          {t("sheet.title")}
        </LinkButton>
      </p>
      <Section title={t("households.requestTitle")}>
        <Form method="post" className="grid gap-4">
          <FormErrors reply={requested} />
          <ChoiceField
            name="kind"
            label={t("households.requestTitle")}
            defaultValue="correct"
            options={(["refuse", "correct", "withdraw_consent"] as const).map((kind) => ({ value: kind, label: t(`households.request_${kind}`) }))}
            reply={requested}
          />
          <TextField name="words" label={t("households.requestWords")} rows={2} optional reply={requested} />
          <TextField name="occurredAt" type="datetime-local" label={t("common.happenedAt")} defaultValue={now} max={now} reply={requested} />
          <Button look="secondary" name="intent" value="request">
            {t("households.record")}
          </Button>
        </Form>
      </Section>
    </Page>
  );
}
