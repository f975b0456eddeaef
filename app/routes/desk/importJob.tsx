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
import type { MessageKey } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ImportPage } from "~/ui/imports/ImportPage";
import { TextLink } from "~/ui/primitives/Button";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "imports.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    job: await importShown(ctx, idFrom(args, "id"), "lists"),
    messages: messagesFor(ctx.locale, ["desk", "hsds", "imports"]),
  }));

export const action = (args: RouteArgs) =>
  act(args, asOneOf("operator"), {
    default: form(NothingTyped, async (ctx) => {
      const id = idFrom(args, "id");
      await stopImport(ctx, id);
      return doneAt(paths(ctx.locale).listsImport(id), "done.importStopped");
    }),
  });

export default function ListsImport() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { job } = useLoaderData<typeof loader>();
  return (
    <ImportPage
      says="desk"
      job={job}
      at={at.listsImport(job.id)}
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
      about={({ itemCode, itemName }) =>
        itemCode === null
          ? undefined
          : {
              to: at.deskItem(itemCode),
              link: t("desk.importOpenIt", { code: `${itemCode} ${itemName ?? ""}` }),
            }
      }
      reply={useActionData<typeof action>()?.reply}
    >
      {job.hasNotes ? (
        <p>
          <TextLink to={at.listsImportNotes(job.id)} reloadDocument>
            {t("hsds.allNotes")}
          </TextLink>
        </p>
      ) : null}
    </ImportPage>
  );
}
