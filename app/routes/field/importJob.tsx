import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { importShown } from "~/domain/imports/queries.server";
import { stopImport } from "~/domain/imports/stopImport.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { replyOf } from "~/http/reply";
import { asOneOf } from "~/http/who.server";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ImportProgress } from "~/ui/imports/ImportProgress";
import { ImportRows, type ShownRow } from "~/ui/imports/ImportRows";
import { Page } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    job: await importShown(ctx, idFrom(args, "id"), "towns"),
    messages: messagesFor(ctx.locale, ["intake", "imports"]),
  }));

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
  const { made, skipped, refused } = job;
  const shown = (rows: (typeof job.rows)["made"], says: string): ShownRow[] =>
    rows.map(({ file, row, reason, needId, code }, index) => ({
      key: String(index),
      file,
      row,
      why: reason === null ? undefined : t(`intake.${says}_${reason}` as MessageKey),
      to: needId === null ? undefined : at.fieldWish(needId),
      link: t("intake.importOpenIt", { code: code ?? "" }),
    }));
  const first = (n: number, of: number) => t("intake.importFirst", { n, of });
  return (
    <Page
      title={t("imports.title")}
      lead={t("intake.importJobLead", {
        by: job.by,
        town: job.town === null ? "" : nameIn(locale, job.town),
        time: moment(locale, job.createdAt),
        total: job.total,
      })}
      crumbs={[
        { label: t("intake.homeTitle"), to: at.field() },
        { label: t("intake.importTitle"), to: at.importWishes() },
      ]}
    >
      <ImportProgress
        job={job}
        at={at.importJob(job.id)}
        said={{
          counts: t("intake.importCounts", { made, skipped, refused }),
          left: t("intake.importLeft", { n: job.total - job.turned }),
          roleEnded: t("intake.importFailed_role_ended"),
          stopHint: t("intake.importStopHint"),
        }}
        reply={replyOf(useActionData<typeof action>())}
      >
        {job.withoutAge > 0 ? <p>{t("intake.importWithoutAge", { n: job.withoutAge })}</p> : null}
      </ImportProgress>
      <ImportRows
        title={t("intake.importRefused", { n: refused })}
        first={first(job.rows.refused.length, refused)}
        rows={shown(job.rows.refused, "importRefuse")}
        of={refused}
      />
      <ImportRows
        title={t("intake.importSkipped", { n: skipped })}
        first={first(job.rows.skipped.length, skipped)}
        rows={shown(job.rows.skipped, "importSkip")}
        of={skipped}
      />
      <ImportRows
        title={t("intake.importWritten", { n: made })}
        first={first(job.rows.made.length, made)}
        rows={shown(job.rows.made, "importSkip")}
        of={made}
      />
    </Page>
  );
}
