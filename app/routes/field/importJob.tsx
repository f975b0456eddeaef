import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { importShown } from "~/domain/needs/imports/queries.server";
import { stopImport } from "~/domain/needs/imports/stopImport.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { replyOf } from "~/http/reply";
import { asOneOf } from "~/http/who.server";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ImportRows } from "~/ui/intake/ImportRows";
import { importTone } from "~/ui/intake/ImportsList";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Notice, Page, Tag } from "~/ui/primitives/Page";
import { useLookAgain } from "~/ui/primitives/useLookAgain";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const id = idFrom(args, "id");
    return { job: await importShown(ctx, id), messages: messagesFor(ctx.locale, ["intake"]) };
  });

export const action = (args: RouteArgs) =>
  act(args, asOneOf("caseworker"), z.object({}), async (ctx) => {
    const id = idFrom(args, "id");
    await stopImport(ctx, id);
    return doneAt(paths(ctx.locale).importJob(id), "done.importStopped");
  });

export default function ImportJob() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { job } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  useLookAgain(job.isOpen);
  return (
    <Page
      title={t("intake.importJobTitle")}
      lead={t("intake.importJobLead", {
        by: job.by,
        town: nameIn(locale, job.town),
        time: moment(locale, job.createdAt),
        total: job.total,
      })}
      crumbs={[
        { label: t("intake.homeTitle"), to: at.field() },
        { label: t("intake.importTitle"), to: at.importWishes() },
      ]}
    >
      <FormErrors reply={reply} />
      <div className="grid gap-4">
        <p>
          <Tag tone={importTone(job.state)}>{t(`intake.importJob_${job.state}`)}</Tag>
        </p>
        <div>
          <p className="font-semibold" id="turned">
            {t("intake.importTurned", { n: job.turned, total: job.total })}
          </p>
          <progress
            className="mt-2 h-4 w-full appearance-none overflow-hidden rounded-full border-(length:--border) border-line-strong bg-surface [&::-moz-progress-bar]:bg-brand [&::-webkit-progress-bar]:bg-surface [&::-webkit-progress-value]:bg-brand"
            aria-labelledby="turned"
            value={job.turned}
            max={job.total}
          />
        </div>
        <p>{t("intake.importCounts", { made: job.made, skipped: job.skipped, refused: job.refused })}</p>
        {job.failure === null ? null : (
          <Notice tone="problem">{t(`intake.importFailed_${job.failure}`)}</Notice>
        )}
        {!job.isOpen && job.turned < job.total ? (
          <Notice>{t("intake.importLeft", { n: job.total - job.turned })}</Notice>
        ) : null}
        {job.isOpen ? (
          <>
            <p className="text-muted">{t("intake.importGoesOn")}</p>
            <Form method="post" className="flex flex-wrap gap-3" aria-describedby="stop-hint">
              <LinkButton to={at.importJob(job.id)} reloadDocument>
                {t("intake.importLook")}
              </LinkButton>
              <Button look="secondary">{t("intake.importStop")}</Button>
            </Form>
            <p className="text-2 text-muted" id="stop-hint">
              {t("intake.importStopHint")}
            </p>
          </>
        ) : null}
        {job.withoutAge > 0 ? <p>{t("intake.importWithoutAge", { n: job.withoutAge })}</p> : null}
      </div>
      <ImportRows
        title={t("intake.importRefused", { n: job.refused })}
        rows={job.rows.refused}
        of={job.refused}
        says="importRefuse"
      />
      <ImportRows
        title={t("intake.importSkipped", { n: job.skipped })}
        rows={job.rows.skipped}
        of={job.skipped}
        says="importSkip"
      />
      <ImportRows
        title={t("intake.importWritten", { n: job.made })}
        rows={job.rows.made}
        of={job.made}
        says="importSkip"
      />
    </Page>
  );
}
