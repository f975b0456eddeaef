import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireUser } from "~/domain/kernel/actor";
import { WITHDRAW_REASONS, SubmitInput } from "~/domain/needs/schemas";
import { duplicatesOf, gapOfDraft, submitNeed } from "~/domain/needs/submitNeed.server";
import { withdrawNeed } from "~/domain/needs/endNeed.server";
import { staffNeed } from "~/domain/needs/staffQueries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { replyOf } from "~/http/reply";
import { messagesFor } from "~/i18n/messages.server";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { EntitlementGap } from "~/ui/intake/EntitlementGap";
import { NeedSummary } from "~/ui/intake/NeedSummary";
import { PossibleDuplicates } from "~/ui/intake/PossibleDuplicates";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { SelectField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Page, Section, Tag } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const { userId } = requireUser(ctx.actor);
    const page = await staffNeed(ctx, args.params["id"] ?? "");
    const mine = page.need.filedBy === userId && ["draft", "returned"].includes(page.need.state);
    return {
      ...page,
      mine,
      duplicates: mine ? await duplicatesOf(ctx, page.need.id) : [],
      gap: mine ? await gapOfDraft(ctx, page.need) : [],
      messages: messagesFor(ctx.locale, ["intake", "review", "wishes", "journal"]),
    };
  });

export const action = (args: RouteArgs) => {
  const id = args.params["id"] ?? "";
  return act(
    args,
    SubmitInput,
    async (ctx, input) => {
      await submitNeed(ctx, id, input);
      return redirect(paths(ctx.locale).field());
    },
    {
      withdraw: async (ctx, form) => {
        await withdrawNeed(ctx, id, z.enum(WITHDRAW_REASONS).parse(form.get("reason")));
        return redirect(paths(ctx.locale).field());
      },
    },
  );
};

export default function FieldWish() {
  const t = useT();
  const at = paths(useLocale());
  const page = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  const ended = ["withdrawn", "rejected", "merged", "closed", "expired"].includes(page.need.state);
  return (
    <Page title={page.need.code} crumbs={[{ label: t("intake.homeTitle"), to: at.field() }]}>
      <p className="mb-4">
        <Tag tone={page.mine ? "wait" : "info"}>{t(`review.state_${page.need.state}` as MessageKey)}</Tag>
      </p>
      <NeedSummary {...page} />
      {page.mine ? (
        <Section title={t("intake.submitTitle")}>
          <Form method="post" className="grid gap-4">
            <FormErrors reply={reply} />
            {page.duplicates.length > 0 ? <PossibleDuplicates duplicates={page.duplicates} reply={reply} /> : null}
            {page.gap.length > 0 && page.household ? <EntitlementGap gap={page.gap} householdId={page.household.id} reply={reply} /> : null}
            <div className="flex flex-wrap gap-3">
              <Button>{t("intake.submit")}</Button>
              <LinkButton look="secondary" to={at.editWish(page.need.id)}>
                {t("intake.editWish")}
              </LinkButton>
            </div>
          </Form>
        </Section>
      ) : null}
      {page.household ? (
        <p className="mt-6">
          <LinkButton look="secondary" to={at.household(page.household.id)}>
            {t("review.openRecord")}
          </LinkButton>
        </p>
      ) : null}
      {ended ? null : (
        <Section title={t("intake.withdrawTitle")}>
          <Form method="post" className="flex flex-wrap items-end gap-3">
            <div className="min-w-0 flex-1">
              <SelectField name="reason" label={t("common.reason")} options={WITHDRAW.map((reason) => ({ value: reason, label: t(`journal.reason_${reason}`) }))} />
            </div>
            <Button look="danger" name="intent" value="withdraw">
              {t("intake.withdraw")}
            </Button>
          </Form>
        </Section>
      )}
    </Page>
  );
}

const WITHDRAW = ["died", "moved", "met_elsewhere", "consent_withdrawn", "recipient_refused"] as const;
