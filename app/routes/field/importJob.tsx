import { useActionData, useLoaderData } from "@remix-run/react";
import { importShown } from "~/domain/imports/queries.server";
import { stopImport } from "~/domain/imports/stopImport.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { form, NothingTyped } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ImportPage } from "~/ui/imports/ImportPage";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "imports.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    job: await importShown(ctx, idFrom(args, "id"), "towns"),
    messages: messagesFor(ctx.locale, ["intake", "imports"]),
  }));

export const action = (args: RouteArgs) =>
  act(args, asOneOf("caseworker"), {
    default: form(NothingTyped, async (ctx) => {
      const id = idFrom(args, "id");
      await stopImport(ctx, id);
      return doneAt(paths(ctx.locale).importJob(id), "done.importStopped");
    }),
  });

export default function ImportJob() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { job } = useLoaderData<typeof loader>();
  return (
    <ImportPage
      says="intake"
      job={job}
      at={at.importJob(job.id)}
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
      about={({ needId, code }) =>
        needId === null
          ? undefined
          : { to: at.fieldWish(needId), link: t("intake.importOpenIt", { code: code ?? "" }) }
      }
      reply={useActionData<typeof action>()?.reply}
    >
      {job.withoutAge > 0 ? <p>{t("intake.importWithoutAge", { n: job.withoutAge })}</p> : null}
    </ImportPage>
  );
}
