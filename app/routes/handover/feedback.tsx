import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import { moderateFeedback, storedFeedback } from "~/domain/delivery/feedback.server";
import { feedbackQueue } from "~/domain/delivery/visitQueries.server";
import { ModerateInput } from "~/domain/giving/serviceVisitSchemas";
import { requireUser } from "~/domain/kernel/actor";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { afterConflict } from "~/http/afterConflict";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt, type DoneKey } from "~/http/done.server";
import { filled, orBoth } from "~/http/edit.server";
import { form, type TypedValues } from "~/http/pageForm.server";
import { queueFilter, queuePlace, townsOfWork } from "~/http/queueFilter.server";
import { asOneOf } from "~/http/who.server";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { EditForm } from "~/ui/primitives/EditForm";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Overtaken } from "~/ui/primitives/Overtaken";
import { Card, EmptyState, Page } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { replyTo } from "~/ui/primitives/replyTo";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { QueueFilter } from "~/ui/work/QueueFilter";

export const handle: PageHandle = { title: "handover.passTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const filter = queueFilter(args.request);
    const { rows, next } = await feedbackQueue(ctx, filter);
    return {
      filter,
      towns: await townsOfWork(ctx, requireUser(ctx.actor), []),
      queue: rows.map(({ stored, ...row }) => ({ ...row, form: filled(stored) })),
      next: next && paths(ctx.locale).feedback({ ...filter, after: next }),
      messages: messagesFor(ctx.locale, ["handover"]),
    };
  });

export const action = (args: RouteArgs) => {
  const decide = (
    ctx: UseCaseContext,
    input: z.output<typeof ModerateInput>,
    typed: TypedValues,
    words: string | undefined,
    key: DoneKey,
  ) =>
    orBoth(
      typed,
      input,
      {
        save: ({ feedbackId, version }) => moderateFeedback(ctx, feedbackId, words, version),
        stored: () => storedFeedback(ctx, input.feedbackId),
      },
      () => doneAt(paths(ctx.locale).feedback(queuePlace(args.request)), key),
    );
  return act(args, asOneOf("operator"), {
    default: form(ModerateInput, (ctx, input, typed) =>
      decide(ctx, input, typed, input.publicWords, "done.feedbackPassed"),
    ),
    keep: form(ModerateInput.omit({ publicWords: true }), (ctx, input, typed) =>
      decide(ctx, input, typed, undefined, "done.feedbackKept"),
    ),
  });
};

/** After a conflict the queue is read anew: what somebody else decided is not on it any more. */
export const shouldRevalidate = afterConflict;

export default function Feedback() {
  const t = useT();
  const locale = useLocale();
  const { filter, towns, queue, next } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  return (
    <Page title={t("handover.passTitle")} lead={t("handover.passLead")}>
      {queue.some((row) => replyTo(reply, "feedbackId", row.id)) ? null : (
        <>
          <FormErrors reply={reply} />
          <Overtaken reply={reply} fields={[["publicWords", t("handover.publicWords")]]} />
        </>
      )}
      <QueueFilter action={paths(locale).feedback()} filter={filter} towns={towns} />
      {queue.length === 0 ? (
        <EmptyState title={t(filter.code || filter.town ? "work.noneFound" : "common.none")} />
      ) : null}
      <ul className="grid gap-4">
        {queue.map((row) => (
          <li key={row.id}>
            <Card>
              <p className="text-2 text-muted">
                {row.needCode} · {nameIn(locale, row.town)} · {moment(locale, row.at)} ·{" "}
                {t("handover.ratingGiven", { n: row.rating })}
              </p>
              <p className="mt-1 text-4" lang="zh-Hans">
                {row.words ?? "—"}
              </p>
              {row.mine ? null : (
                <EditForm
                  filled={row.form}
                  reply={replyTo(reply, "feedbackId", row.id)}
                  className="mt-3 grid gap-3"
                >
                  {(kept) => (
                    <>
                      <input type="hidden" name="feedbackId" value={row.id} />
                      <TextField
                        name="publicWords"
                        maxLength={LENGTHS.publicWords}
                        label={t("handover.publicWords")}
                        rows={2}
                        reply={kept}
                      />
                      <div className="flex gap-3">
                        <Button>{t("handover.pass")}</Button>
                        <Button look="secondary" name="intent" value="keep">
                          {t("handover.keep")}
                        </Button>
                      </div>
                    </>
                  )}
                </EditForm>
              )}
            </Card>
          </li>
        ))}
      </ul>
      <Pagination next={next} />
    </Page>
  );
}
