import { data } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { lastImports } from "~/domain/imports/queries.server";
import { AT_ONCE } from "~/domain/imports/rows";
import { RequestKey as RequestKeyInput } from "~/domain/kernel/requestKey";
import { importLists } from "~/domain/lists/desk/importLists.server";
import { LIST_TABLE } from "~/domain/lists/desk/listColumns";
import { requireListKeeper } from "~/domain/lists/desk/listKeeper.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { TABLE_FIELDS, uploadedTable } from "~/http/tableUpload.server";
import { asOneOf } from "~/http/who.server";
import type { MessageKey } from "~/i18n/messages";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LIST_NAMES } from "~/ui/desk/Browse";
import { ImportAnswer, shownLists } from "~/ui/desk/ImportAnswer";
import { ImportsList } from "~/ui/imports/ImportsList";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { FileTrouble, LettersField } from "~/ui/tables/FileAnswer";

export const handle: PageHandle = { title: "desk.importTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    requireListKeeper(ctx);
    return {
      imports: await lastImports(ctx, "lists"),
      most: AT_ONCE,
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["desk", "imports", "lists", "tables"]),
    };
  });

const Input = z.object({
  write: z.literal("yes").optional(),
  requestKey: RequestKeyInput.optional(),
  ...TABLE_FIELDS,
});

export const action = (args: RouteArgs) =>
  act(
    args,
    asOneOf("operator"),
    {
      default: form(Input, async (ctx, { write, requestKey, ...upload }) => {
        const read = await uploadedTable(upload, LIST_TABLE);
        if ("shown" in read) return data({ file: read.shown });
        const answer = await importLists(ctx, { table: read.table, write: write === "yes", requestKey });
        if (answer.jobId !== undefined)
          return doneAt(paths(ctx.locale).listsImport(answer.jobId), "done.importBegun");
        return data({ letters: upload.letters, lists: shownLists(answer, read.table.remarks) });
      }),
    },
    { files: true },
  );

export default function Files() {
  const t = useT();
  const at = paths(useLocale());
  const { imports, most, requestKey } = useLoaderData<typeof loader>();
  const { file, letters, lists, reply } = useActionData<typeof action>() ?? {};
  return (
    <Page
      title={t("desk.importTitle")}
      lead={t("desk.importLead")}
      crumbs={[{ label: t("desk.title"), to: at.listsDesk() }]}
    >
      <Section title={t("desk.importWhole")}>
        <Form method="post" encType="multipart/form-data" className="grid gap-5">
          <FormErrors reply={reply} />
          <RequestKey value={requestKey} reply={reply} />
          <TextField
            name="file"
            type="file"
            label={t("desk.importFile")}
            hint={t("desk.importFileHint")}
            accept=".csv,.xlsx,.txt,.tsv"
            reply={reply}
          />
          {file?.asked ? <LettersField asked={file.asked} /> : null}
          {letters === undefined ? null : <input type="hidden" name="letters" value={letters} />}
          <p className="text-2 text-muted">{t("imports.many", { n: most })}</p>
          <div className="flex flex-wrap gap-3">
            <Button>{t("desk.dryRun")}</Button>
            <Button look="secondary" name="write" value="yes">
              {t("desk.importAll")}
            </Button>
          </div>
        </Form>
        {file || lists ? (
          <div className="mt-5">
            <FileTrouble answer={file ?? {}} templates={at.listTemplate("social", "xlsx")} />
            {lists ? <ImportAnswer answer={lists} /> : null}
          </div>
        ) : null}
      </Section>
      <ImportsList
        imports={imports}
        titleOf={({ kind }) => t(`desk.importKind_${kind}` as MessageKey)}
        to={at.listsImport}
      />
      <Section title={t("tables.templateTitle")}>
        <p className="mb-4 max-w-measure text-muted">{t("tables.templateLead")}</p>
        <Downloads to={(list, format) => at.listTemplate(list, format)} />
      </Section>
      <Section title={t("desk.exportTitle")}>
        <Downloads to={(list, format) => (format === "csv" ? at.listsCsv(list) : at.listsXlsx(list))} />
      </Section>
    </Page>
  );
}

/** The same of both lists, in both formats. */
function Downloads({ to }: { to: (list: (typeof LIST_NAMES)[number], format: "csv" | "xlsx") => string }) {
  const t = useT();
  return (
    <ul className="grid gap-3 sm:grid-cols-2 elder:grid-cols-1">
      {LIST_NAMES.flatMap((list) =>
        (["csv", "xlsx"] as const).map((format) => (
          <li key={`${list}.${format}`}>
            <LinkButton look="secondary" wide reloadDocument to={to(list, format)}>
              {t(format === "csv" ? "desk.exportCsv" : "desk.exportXlsx", { list: t(`lists.${list}`) })}
            </LinkButton>
          </li>
        )),
      )}
    </ul>
  );
}
