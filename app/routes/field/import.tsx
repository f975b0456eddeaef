import { data } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { lastImports } from "~/domain/imports/queries.server";
import { AT_ONCE } from "~/domain/imports/rows";
import { requireRole, scopeIds } from "~/domain/kernel/actor";
import { RequestKey as RequestKeyInput } from "~/domain/kernel/requestKey";
import { importWishes } from "~/domain/needs/imports/importWishes.server";
import { WISH_TABLE } from "~/domain/needs/wishTable";
import { facetNames } from "~/domain/reference/queries.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { form } from "~/http/pageForm.server";
import { TABLE_FIELDS, uploadedTable } from "~/http/tableUpload.server";
import { asOneOf } from "~/http/who.server";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { ImportsList } from "~/ui/imports/ImportsList";
import { shownWishes, WishesAnswer } from "~/ui/intake/WishesAnswer";
import { Button } from "~/ui/primitives/Button";
import { SelectField, TextField } from "~/ui/primitives/Field";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { FileTrouble, LettersField, Templates } from "~/ui/tables/FileAnswer";

export const handle: PageHandle = { title: "intake.importTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    requireRole(ctx.actor, "caseworker");
    const codes = scopeIds(ctx.actor, "caseworker");
    const { towns } = await facetNames(ctx);
    return {
      towns: towns.filter((town) => codes.includes(town.code)),
      imports: await lastImports(ctx, "towns"),
      most: AT_ONCE,
      requestKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["imports", "intake", "tables"]),
    };
  });

const Input = z.object({
  townCode: z.string(),
  write: z.enum(["yes"]).optional(),
  requestKey: RequestKeyInput,
  ...TABLE_FIELDS,
});

export const action = (args: RouteArgs) =>
  act(
    args,
    asOneOf("caseworker"),
    {
      default: form(Input, async (ctx, { townCode, write, requestKey, ...upload }) => {
        requireRole(ctx.actor, "caseworker", { kind: "town", id: townCode });
        const read = await uploadedTable(upload, WISH_TABLE);
        if ("shown" in read) return data({ townCode, file: read.shown });
        const answer = await importWishes(ctx, {
          fileName: upload.file.name,
          table: read.table,
          townCode,
          write: write === "yes",
          requestKey,
        });
        if (answer.jobId !== undefined)
          return doneAt(paths(ctx.locale).importJob(answer.jobId), "done.importBegun");
        return data({ townCode, letters: upload.letters, wishes: shownWishes(answer, read.table.remarks) });
      }),
    },
    { files: true },
  );

export default function Import() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { towns, imports, most, requestKey } = useLoaderData<typeof loader>();
  const { townCode, file, letters, wishes, reply } = useActionData<typeof action>() ?? {};
  return (
    <Page
      title={t("intake.importTitle")}
      lead={t("intake.importLead")}
      crumbs={[{ label: t("intake.homeTitle"), to: at.field() }]}
    >
      <Form method="post" encType="multipart/form-data" className="grid gap-5">
        <FormErrors reply={reply} />
        <RequestKey value={requestKey} reply={reply} />
        <SelectField
          name="townCode"
          label={t("intake.importTown")}
          options={towns.map((town) => ({ value: town.code, label: nameIn(locale, town) }))}
          defaultValue={townCode}
          reply={reply}
        />
        <TextField
          name="file"
          type="file"
          label={t("intake.importFile")}
          accept=".csv,.xlsx,.txt,.tsv"
          reply={reply}
        />
        {file?.asked ? <LettersField asked={file.asked} /> : null}
        {letters === undefined ? null : <input type="hidden" name="letters" value={letters} />}
        <p className="text-2 text-muted">{t("imports.many", { n: most })}</p>
        <div className="flex flex-wrap gap-3">
          <Button>{t("intake.dryRun")}</Button>
          <Button look="secondary" name="write" value="yes">
            {t("intake.importAll")}
          </Button>
        </div>
      </Form>
      {file || wishes ? (
        <div className="mt-6">
          <FileTrouble answer={file ?? {}} templates={at.wishTemplate("xlsx")} />
          {wishes ? <WishesAnswer answer={wishes} /> : null}
        </div>
      ) : null}
      <ImportsList
        imports={imports}
        titleOf={({ town }) => (town === null ? "" : nameIn(locale, town))}
        to={at.importJob}
      />
      <Templates csv={at.wishTemplate("csv")} xlsx={at.wishTemplate("xlsx")} />
    </Page>
  );
}
