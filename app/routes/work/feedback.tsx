import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { moderateFeedback } from "~/domain/delivery/feedback.server";
import { feedbackQueue } from "~/domain/delivery/visitQueries.server";
import { ModerateInput } from "~/domain/delivery/visitSchemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { replyOf, replyTo } from "~/http/reply";
import { small } from "~/http/smallForm.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { moment } from "~/i18n/format";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, EmptyState, Page } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) => load(args, async (ctx) => ({ queue: await feedbackQueue(ctx), messages: messagesFor(ctx.locale, ["delivery"]) }));

export const action = (args: RouteArgs) =>
  act(
    args,
    ModerateInput,
    async (ctx, { feedbackId, publicWords }) => {
      await moderateFeedback(ctx, feedbackId, publicWords);
      return doneAt(paths(ctx.locale).feedback(), "done.feedbackPassed");
    },
    {
      keep: small(ModerateInput.pick({ feedbackId: true }), async (ctx, { feedbackId }) => {
        await moderateFeedback(ctx, feedbackId, undefined);
        return doneAt(paths(ctx.locale).feedback(), "done.feedbackKept");
      }),
    },
  );

export default function Feedback() {
  const t = useT();
  const locale = useLocale();
  const { queue } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  return (
    <Page title={t("delivery.feedbackTitle")} lead={t("delivery.feedbackLead")}>
      <FormErrors reply={reply} />
      {queue.length === 0 ? <EmptyState title={t("common.none")} /> : null}
      <ul className="grid gap-4">
        {queue.map((row) => (
          <li key={row.id}>
            <Card>
              <p className="text-2 text-muted">
                {row.needCode} · {moment(locale, row.at)} · {t("delivery.rating", { n: row.rating })}
              </p>
              <p className="mt-1 text-4" lang="zh-Hans">
                {row.words ?? "—"}
              </p>
              {row.mine ? null : (
                <Form method="post" className="mt-3 grid gap-3">
                  <input type="hidden" name="feedbackId" value={row.id} />
                  <TextField
                    name="publicWords"
                    maxLength={LENGTHS.publicWords}
                    label={t("delivery.publicWords")}
                    rows={2}
                    defaultValue={row.words}
                    reply={replyTo(reply, "feedbackId", row.id)}
                  />
                  <div className="flex gap-3">
                    <Button>{t("delivery.pass")}</Button>
                    <Button look="secondary" name="intent" value="keep">
                      {t("delivery.keep")}
                    </Button>
                  </div>
                </Form>
              )}
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  );
}
