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
import type { MessageKey } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ImportProgress } from "~/ui/imports/ImportProgress";
import { ImportRows, type ShownRow } from "~/ui/imports/ImportRows";
import { TextLink } from "~/ui/primitives/Button";
import { Page } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    job: await importShown(ctx, idFrom(args, "id"), "lists"),
    messages: messagesFor(ctx.locale, ["desk", "hsds", "imports"]),
  }));

export const action = (args: RouteArgs) =>
  act(args, asOneOf("operator"), z.object({}), async (ctx) => {
    const id = idFrom(args, "id");
    await stopImport(ctx, id);
    return doneAt(paths(ctx.locale).listsImport(id), "done.importStopped");
  });

export default function ListsImport() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { job } = useLoaderData<typeof loader>();
  const { made, skipped, refused } = job;
  const shown = (rows: (typeof job.rows)["made"], says: string): ShownRow[] =>
    rows.map(({ file, row, reason, itemCode, itemName }, index) => ({
      key: String(index),
      file,
      row,
      why: reason === null ? undefined : t(`desk.${says}_${reason}` as MessageKey),
      to: itemCode === null ? undefined : at.deskItem(itemCode),
      link: t("desk.importOpenIt", { code: `${itemCode ?? ""} ${itemName ?? ""}` }),
    }));
  const first = (n: number, of: number) => t("desk.importFirst", { n, of });
  return (
    <Page
      title={t("imports.title")}
      lead={t("desk.importJobLead", {
        by: job.by,
        kind: t(`desk.importKind_${job.kind}` as MessageKey),
        time: moment(locale, job.createdAt),
        total: job.total,
      })}
      crumbs={[
        { label: t("desk.title"), to: at.listsDesk() },
        job.kind === "hsds"
          ? { label: t("hsds.title"), to: at.hsdsDesk() }
          : { label: t("desk.importTitle"), to: at.deskFiles() },
      ]}
    >
      <ImportProgress
        job={job}
        at={at.listsImport(job.id)}
        said={{
          counts: t("desk.importCounts", { made, skipped, refused }),
          left: t("desk.importLeft", { n: job.total - job.turned }),
          roleEnded: t("desk.importRoleEnded"),
          stopHint: t("desk.importStopHint"),
        }}
        reply={replyOf(useActionData<typeof action>())}
      >
        {job.hasNotes ? (
          <p>
            <TextLink to={at.listsImportNotes(job.id)} reloadDocument>
              {t("hsds.allNotes")}
            </TextLink>
          </p>
        ) : null}
      </ImportProgress>
      <ImportRows
        title={t("desk.importRefused", { n: refused })}
        first={first(job.rows.refused.length, refused)}
        rows={shown(job.rows.refused, "importRefuse")}
        of={refused}
      />
      <ImportRows
        title={t("desk.importSkipped", { n: skipped })}
        first={first(job.rows.skipped.length, skipped)}
        rows={shown(job.rows.skipped, "importSkip")}
        of={skipped}
      />
      <ImportRows
        title={t("desk.importWritten", { n: made })}
        first={first(job.rows.made.length, made)}
        rows={shown(job.rows.made, "importSkip")}
        of={made}
      />
    </Page>
  );
}
