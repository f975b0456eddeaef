import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { scopeIds } from "~/domain/kernel/actor";
import { DomainError } from "~/domain/kernel/errors";
import { facetNames } from "~/domain/directory/queries.server";
import { readRows } from "~/domain/kernel/sheet.server";
import { importWishes, type ImportAnswer } from "~/domain/needs/importWishes.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { replyOf } from "~/http/reply";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { SelectField, TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Notice, Page } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    if (ctx.actor.kind === "visitor") throw new DomainError("SIGN_IN_NEEDED");
    const codes = scopeIds(ctx.actor, "caseworker");
    if (codes.length === 0) throw new DomainError("NOT_ALLOWED");
    const { towns } = await facetNames(ctx.db);
    return { towns: towns.filter((town) => codes.includes(town.code)), messages: messagesFor(ctx.locale, ["intake"]) };
  });

const Input = z.object({ townCode: z.string(), write: z.enum(["yes"]).optional(), file: z.instanceof(File, { error: "common.pleaseChoose" }) });

export const action = (args: RouteArgs) =>
  act(args, Input, async (ctx, { townCode, write, file }) => {
    const rows = await readRows({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
    return { answer: await importWishes(ctx, { source: "file", rows, townCode, write: write === "yes" }) };
  });

const answerOf = (data: unknown) => (typeof data === "object" && data !== null && "answer" in data ? (data.answer as ImportAnswer) : undefined);

export default function Import() {
  const t = useT();
  const locale = useLocale();
  const { towns } = useLoaderData<typeof loader>();
  const data = useActionData<typeof action>();
  const answer = answerOf(data);
  const reply = replyOf(data);
  return (
    <Page title={t("intake.importTitle")} lead={t("intake.importLead")} crumbs={[{ label: t("intake.homeTitle"), to: paths(locale).field() }]}>
      <Form method="post" encType="multipart/form-data" className="grid gap-5">
        <FormErrors reply={reply} />
        <SelectField name="townCode" label={t("intake.importTown")} options={towns.map((town) => ({ value: town.code, label: nameIn(locale, town) }))} reply={reply} />
        <TextField name="file" type="file" label={t("intake.importFile")} accept=".csv,.xlsx" reply={reply} />
        <div className="flex flex-wrap gap-3">
          <Button>{t("intake.dryRun")}</Button>
          <Button look="secondary" name="write" value="yes">
            {t("intake.importAll")}
          </Button>
        </div>
      </Form>
      {answer ? (
        <div className="mt-6">
          {answer.problems.length > 0 ? (
            <Notice tone="problem" live>
              <p className="font-semibold">{t("intake.importWrong", { n: new Set(answer.problems.map((problem) => problem.row)).size })}</p>
              <ul className="mt-1 list-disc pl-5">
                {answer.problems.map((problem, index) => (
                  <li key={index}>
                    {problem.row > 0 ? `${t("intake.importRow", { row: problem.row })} ${t("intake.importColumn", { column: problem.column })}：` : ""}
                    {t(/^[a-z]+\.\w+$/.test(problem.problem) ? (problem.problem as MessageKey) : "common.pleaseCheck")}
                  </li>
                ))}
              </ul>
            </Notice>
          ) : (
            <Notice tone="done" live>
              {answer.written + answer.already > 0 ? t("intake.importDone", { n: answer.written, same: answer.already }) : t("intake.importOk", { n: answer.rows })}
            </Notice>
          )}
        </div>
      ) : null}
    </Page>
  );
}
